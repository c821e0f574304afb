"""Formats of other programs and our own: bytes in, drafts out; rows in, bytes out."""
