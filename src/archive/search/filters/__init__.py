"""The values that questions are narrowed by: those that there are to choose, and those that cannot be."""
