"""Who may do what in `places`."""
