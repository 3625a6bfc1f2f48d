"""The pages of grants and bids."""
