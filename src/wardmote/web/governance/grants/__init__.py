"""Grants and bids: what was awarded, committed, spent, and what it bought."""
