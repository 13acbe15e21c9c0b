"""What the archive withstands: writes and rebuilds under way, a full disk, a lost or foreign index."""
