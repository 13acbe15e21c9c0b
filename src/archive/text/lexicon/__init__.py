"""The lexicon: what is known of Swedish and English words, compiled once and opened as memory-mapped tables."""
