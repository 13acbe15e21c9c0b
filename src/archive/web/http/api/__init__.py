"""What all addresses below `/api/` have in common: where lists go on, how often one may ask,
whose scripts may read.

Begin with `cursors.py`.
"""
