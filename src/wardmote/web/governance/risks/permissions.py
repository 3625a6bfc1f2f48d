"""Who may do what in `risks`."""
