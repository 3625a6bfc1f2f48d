"""Who may do what in `assessments`."""
