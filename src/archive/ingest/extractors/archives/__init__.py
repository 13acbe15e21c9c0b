"""Unpacks zip files, in the confined child, and hands the files in them to the parent."""
