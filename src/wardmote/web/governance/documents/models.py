"""The records of `documents`."""
