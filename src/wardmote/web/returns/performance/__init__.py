"""How the plan does: statuses, what moved, what is off target and why, and the documents made of it."""
