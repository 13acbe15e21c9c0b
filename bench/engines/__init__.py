"""Compares search engines on the same tokens: `python -m bench.engines`.

`base.py` is what is asked of an engine, one module per engine implements it, `timing.py` and `snippets.py`
measure, `child.py` measures what needs a process of its own, `growth.py` one engine at several sizes. Begin
with `__main__.py`.
"""
