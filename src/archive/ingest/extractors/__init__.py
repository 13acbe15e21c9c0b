"""Readers of file formats; they run only in the confined child process."""
