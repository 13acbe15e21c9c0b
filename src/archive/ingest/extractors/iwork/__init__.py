"""The reader and the drawer of Keynote files: by the preview that they carry."""
