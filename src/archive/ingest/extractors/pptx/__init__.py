"""The reader of slide decks in Open XML (.pptx and its relatives).

`reader` drives: `deck` lists slides and properties, `slide` reads one slide by way of `shapes` (text bodies,
graphics, charts) and `layouts`, and `embedded` reads files inside. `package` opens also
locked and damaged files. Only the registry names it; it imports `ooxml/`. Begin with `slide`.
"""
