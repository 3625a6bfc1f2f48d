"""Who may do what in `loads`."""
