"""Documents shared with other boards, emerging themes, the glossary, corrections to what was published."""
