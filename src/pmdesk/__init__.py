"""pmdesk: a terminal workspace for product managers."""

__version__ = "0.1.0"
