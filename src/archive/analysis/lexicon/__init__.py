"""The lexicon: what is known of Swedish and English words, compiled once, opened as memory-mapped tables."""
