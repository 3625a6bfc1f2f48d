"""Who may do what in `grants`."""
