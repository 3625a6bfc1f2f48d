"""Recommendations of the scrutiny committee and their answers, and what is left out of its pack and why."""
