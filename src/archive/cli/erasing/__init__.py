"""Commands that take a person out of the archive for good."""
