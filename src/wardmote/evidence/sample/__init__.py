"""The fictional partnership behind `wardmote demo`: invented data in the publishers' own files, from one seed."""

from wardmote.evidence.sample.build import DEFAULT_SEED, SampleManifest, write_sample

__all__ = ["DEFAULT_SEED", "SampleManifest", "write_sample"]
