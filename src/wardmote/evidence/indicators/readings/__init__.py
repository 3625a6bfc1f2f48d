"""Readings: what an analyst asks of figures once they are counted - change, trend, season, rank, concentration."""
