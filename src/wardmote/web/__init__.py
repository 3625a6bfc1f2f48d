"""The web application: where the partnership lives."""
