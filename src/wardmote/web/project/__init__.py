"""Settings, root URLs and wiring: the only place that names every app."""
