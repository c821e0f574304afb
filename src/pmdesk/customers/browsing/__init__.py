"""The four views of the hierarchy, read as far as they are open, and the filter over them."""
