"""Pasted sentences and titles have quotation marks that nobody meant as a sign."""

from typing import Final

from archive.query.ast import And, ParsedQuery, Phrase, Word

_QUOTATION_MIN_WORDS: Final = 4
_WORDS_MAX: Final = 16


def without_quotation_marks(query: ParsedQuery) -> And | None:
    """Return a question with its phrases taken apart, at most 16 words.

    None where there is no phrase, or nothing but a short one: that was meant so.
    """
    pieces = query.children if isinstance(query, And) else (query,)
    words: list[ParsedQuery] = []
    others: list[ParsedQuery] = []
    quoted = 0
    for piece in pieces:
        if isinstance(piece, Phrase) and piece.field is None:
            words += map(Word, piece.words)
            quoted += len(piece.words)
        elif isinstance(piece, Word) and piece.field is None:
            words.append(piece)
        else:
            others.append(piece)
    if not quoted or (len(pieces) == 1 and quoted < _QUOTATION_MIN_WORDS):
        return None
    return And((*words[:_WORDS_MAX], *others))
