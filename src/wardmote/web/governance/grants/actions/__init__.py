"""Writes of grants and bids."""
