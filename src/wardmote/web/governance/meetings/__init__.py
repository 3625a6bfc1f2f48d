"""Meetings: agenda, papers, decisions, actions, who attended, quorum; public meetings; sign-off by bodies."""
