"""What a seminar's page tells: focus areas, events, talks, speakers, reports. Rules, pure functions.

Begin with `page.py`. A page's outline becomes lines (`pieces.py`); lines are parted into events (`events.py`)
and these into items of a programme (`items.py`); an item becomes a talk (`talks.py`) by finding people in it
(`naming/`) and what is left of the line (`entries.py`), or by its sentence (`talks/grammar/`). Links that
stand apart are matched to their talks (`matching.py`).
"""
