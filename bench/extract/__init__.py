"""Compares tools that extract the text of files: `python -m bench.extract`.

`tools.py` has the tools and the witnesses that judge them, `readings.py` runs one tool in a process of its
own, `words.py` brings the words of two readings into a comparable form. Begin with `__main__.py`.
"""
