"""The fictional partnership behind `wardmote demo`: invented people-less data in the publishers' own files."""
