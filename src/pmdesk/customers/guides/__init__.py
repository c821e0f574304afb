"""Guides to take along: the interview guide, the value statement, the referee brief."""
