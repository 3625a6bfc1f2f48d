"""Who may do what in `scrutiny`."""
