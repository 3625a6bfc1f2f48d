"""Who may do what in `library`."""
