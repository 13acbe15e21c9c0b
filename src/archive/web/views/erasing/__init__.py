"""The pages on which admins erase a person: ask, look, choose, confirm, and read what went."""
