"""The hierarchy as an indented outline: planned against a desk, and written."""
