"""Who may do what in `duties`."""
