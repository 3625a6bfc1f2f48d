"""The core: from files to figures to documents. Knows no web framework."""
