"""The strategic assessment while it is written, approved, built and published."""
