"""The terminal workspace."""
