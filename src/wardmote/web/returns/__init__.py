"""Quarterly returns by partners: drafts, queries, sign-off, and the statuses that come of them."""
