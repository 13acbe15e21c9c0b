"""Take the hits of a question along: as tables, as records for reference programs, as a bag of originals.

A question and a visitor come in, a stream of bytes goes out; nothing is kept. Begin with `formats.py`.
"""
