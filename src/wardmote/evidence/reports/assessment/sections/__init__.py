"""The sections of the assessment, one module each; every one returns a Section, even when its data are missing."""
