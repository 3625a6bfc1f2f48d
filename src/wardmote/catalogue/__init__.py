"""What things are: sources, offences, places, breaks, indicators, reports. Data, never code."""
