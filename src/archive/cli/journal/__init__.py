"""Commands on the journal of edits: `archive history` and `archive undo`."""
