"""Immutable snapshots on disk: what was loaded, from which files, and what of it is in force at a moment."""
