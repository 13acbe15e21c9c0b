"""An S3 server for tests: Versity's gateway over a folder, built once from its source by Go."""
