"""What a visitor typed, and what it means to an engine. A question is parsed into a tree (`parser.py`,
from the pieces of `lexer.py`, into `ast.py`), each word of it is read once (`word_reader.py` asks
analyser, lexicon, index vocabulary and `query_expansion.py`, and returns plain data), and tree and
readings are compiled into index queries (`compile.py`, `word_queries.py`: pure functions). `search` imports
this; it imports `analysis` and, of `index`, the query, the schema, the words of files' names and the
vocabulary; no engine, no catalogue. Begin with `ast.py`, then `compile.py`.
"""
