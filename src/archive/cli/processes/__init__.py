"""Commands that run beside a server, `archive worker` and `archive indexer`, and how they are listed."""
