"""Dialogs that turn what was asked into an action."""
