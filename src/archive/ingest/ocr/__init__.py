"""Reads the words in pictures of pages with Tesseract.

`tesseract` runs the program confined, `tsv` checks its table of words, `compose` keeps what is credible and
not known from the file itself. `jobs/` imports it; it imports `sandbox/`. Begin with `tesseract`.
"""
