"""Who may do what in `checks`."""
