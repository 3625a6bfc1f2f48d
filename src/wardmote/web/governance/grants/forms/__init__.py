"""The forms of grants and bids."""
