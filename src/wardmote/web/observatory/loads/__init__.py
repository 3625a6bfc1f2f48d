"""Files brought into the store and taken out again: faults, quality, and who did it."""
