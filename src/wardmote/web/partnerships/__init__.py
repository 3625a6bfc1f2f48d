"""Organisations, people, roles and partnerships: who somebody is and what they may."""
