"""What every app stands on and which knows none of them: audited writes, privacy labels, files, messages, design."""
