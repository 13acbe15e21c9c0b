"""`archive backup` and `archive restore`: keeping the archive elsewhere, and having it back."""
