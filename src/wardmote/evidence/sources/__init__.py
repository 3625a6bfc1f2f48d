"""One module per source: read, check, normalise. Good rows are kept, bad ones kept aside with their reasons."""
