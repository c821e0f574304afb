"""The three panes; they never import one another."""
