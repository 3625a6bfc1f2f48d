"""Who may do what in `documents`."""
