"""The records of `assessments`."""
