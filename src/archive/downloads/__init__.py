"""Take the hits of a question along: as tables, as records for reference programs, as a bag of originals.

A question and a visitor come in, a stream of bytes goes out; nothing is kept. `downloading.py` is the door to
it: it lists the pages (`all_hits.py`), lets one download read at a time, and less while searches are answered
(`turns.py`), and ends with whoever has left (`stream.py`). `formats.py` names what there is; each format has
a module that makes bytes of rows (`reading.py`), portion by portion. Begin with `downloading.py`.
"""
