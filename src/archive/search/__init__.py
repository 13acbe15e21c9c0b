"""From a visitor's question to what they are shown: `understood.py` parses, reads and compiles it once a
request, `matching_strategy.py` asks the engine for all its words or some of them, `hit_reader.py` reads
from the catalogue what the hits show (`results.py`), and `service.py` is the door to all of it. Next to
that are offers of help: suggestions while typing (`suggestions.py`), other spellings (`did_you_mean.py`),
ways out of an empty result (`no_hits.py`), slides that say much the same (`similar_slides.py`), and why a
slide is where it is (`explain.py`). Imported by `app`, `web` and `cli`; imports `query`, `highlight`,
`spelling`, `index`, `catalogue`, but no particular engine, no Flask. Begin with `service.py`.
"""
