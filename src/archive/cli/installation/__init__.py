"""Commands for what is installed beside the archive: system parts, and the lexicon made of packages."""
