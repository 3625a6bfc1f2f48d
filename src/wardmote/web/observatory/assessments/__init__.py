"""The strategic assessment as a living object: written, checked, commented, approved, built, published, and kept."""
