"""One module per format that pmdesk reads."""
