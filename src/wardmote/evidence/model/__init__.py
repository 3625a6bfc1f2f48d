"""Frozen values that everything else is made of: periods, areas, figures, errors."""
