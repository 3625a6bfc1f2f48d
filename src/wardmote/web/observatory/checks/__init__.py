"""Other people's reports, checked: each figure found, recomputed and compared."""
