"""Ratings → adjustments that policy reads."""
