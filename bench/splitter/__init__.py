"""Learns the weights of the compound splitter from hand-split words, and measures it on words it has not
seen."""
