"""One module per format that pmdesk writes."""
