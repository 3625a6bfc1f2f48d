"""The evidence to be browsed: indicators found, shown as tables and charts, traced and taken along."""
