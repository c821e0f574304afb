"""The weekly review: sessions and commitments."""
