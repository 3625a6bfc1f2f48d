"""The pages of people, roles, organisations and partnerships."""
