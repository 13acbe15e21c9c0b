"""The fields of a Whoosh index and how our tokens become postings.

One Whoosh document is one page. Text fields hold postings made from our own tokens; Whoosh's analysers are
never used.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

from whoosh import fields, formats

from archive.analysis.analyzer import Token
from archive.index.schema import POSITIONAL, TextField

DOCUMENT: Final = "document"


class TokenField(fields.FieldType):
    """A scored text field whose values are sequences of our own tokens."""

    def __init__(self, has_positions: bool) -> None:
        postings_format = formats.Positions() if has_positions else formats.Frequency()
        super().__init__(format=postings_format, analyzer=None, scorable=True)

    def index(self, value: Sequence[Token], **_kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, occurrences, summed boosts, encoded posting) for each term, as Whoosh wants it."""
        positions: dict[str, list[int]] = defaultdict(list)
        weights: dict[str, float] = defaultdict(float)
        for token in value:
            positions[token.term].append(token.position)
            weights[token.term] += token.boost
        has_positions = self.format.supports("positions")
        for term, places in positions.items():
            posting = self.format.encode(sorted(places)) if has_positions else formats.pack_uint(len(places))
            yield term.encode("utf-8"), len(places), weights[term], posting


def make_schema() -> fields.Schema:
    """Return a new schema. It is given to Whoosh on every opening, so the stored one is never unpickled."""
    schema = fields.Schema(**{DOCUMENT: fields.ID()})
    for name in TextField:
        schema.add(name.value, TokenField(has_positions=name in POSITIONAL))
    return schema


@cache
def shared_schema() -> fields.Schema:
    """Return one schema for all that change nothing in it: making one takes longer than reading a commit."""
    return make_schema()
