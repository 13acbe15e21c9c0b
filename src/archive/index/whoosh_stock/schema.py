"""The fields of a stock index: those of every index and three of Whoosh's columns.

One Whoosh document is one page. The columns are read into memory (`segments.py`).
"""

from typing import Final

from whoosh import columns, fields

from archive.index.whoosh.segment import schema
from archive.index.whoosh.segment.schema import HIDDEN_RANK

UNIT: Final = "unit"
NUMBER: Final = "number"
RANK: Final = "rank"


def make_schema() -> fields.Schema:
    """Return a new schema. It is given to Whoosh on every opening, so the stored one is never unpickled."""
    made = schema.make_schema()
    made.add(UNIT, fields.COLUMN(columns.RefBytesColumn()))
    made.add(NUMBER, fields.COLUMN(columns.NumericColumn("i", default=-1)))
    made.add(RANK, fields.COLUMN(columns.NumericColumn("B", default=HIDDEN_RANK)))
    return made
