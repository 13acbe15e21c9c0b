"""The review queue for staff."""
