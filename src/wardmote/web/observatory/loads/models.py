"""The records of `loads`."""
