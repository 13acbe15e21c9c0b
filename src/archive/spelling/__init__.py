"""Spelling: words of an archive that are near to a mistyped one."""
