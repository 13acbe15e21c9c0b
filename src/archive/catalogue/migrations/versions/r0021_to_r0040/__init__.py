"""The revisions after the first twenty, oldest first. A new one is added here, numbered on."""
