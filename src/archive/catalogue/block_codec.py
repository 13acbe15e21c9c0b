"""Blocks and word boxes as compact JSON arrays and back."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from archive.model.pages import Block, BlockField, Paragraph, WordBox

_FIELDS = {field.value: field for field in BlockField}
_DECODER = json.JSONDecoder()
# What stands before an array in a list of them.
_ARRAY_BEGIN = re.compile(r"\s*[\[,]\s*(?=\[)")
_DECIMALS = 2  # a hundredth of a point is far finer than a pixel


def pack_blocks(blocks: Iterable[Block]) -> list[Any]:
    """Return one array a block: field, paragraphs [text, level, bullet], rows, has_header, language."""
    return [
        [
            block.field.value,
            [[paragraph.text, paragraph.level, int(paragraph.bullet)] for paragraph in block.paragraphs],
            [list(row) for row in block.rows],
            int(block.has_header),
            block.language,
        ]
        for block in blocks
    ]


def unpack_blocks(packed: Iterable[Any]) -> tuple[Block, ...]:
    """Return the blocks that `pack_blocks` packed."""
    return tuple(
        Block(
            field=_FIELDS[field],
            paragraphs=tuple(Paragraph(text, level, bool(bullet)) for text, level, bullet in paragraphs),
            rows=tuple(tuple(row) for row in rows),
            has_header=bool(has_header),
            language=language,
        )
        for field, paragraphs, rows, has_header, language in packed
    )


def unpack_texts(packed: Iterable[Any]) -> tuple[tuple[BlockField, str, str], ...]:
    """Return field, words and language of the blocks that `pack_blocks` packed, and nothing else of them.

    Each paragraph and each row of a table is one line; breaks within them become spaces.
    """
    texts: list[tuple[BlockField, str, str]] = []
    for field, paragraphs, rows, _, language in packed:
        lines = [" ".join(paragraph[0].split()) for paragraph in paragraphs]
        if rows:
            lines += [" ".join(" ".join(row).split()) for row in rows]
        texts.append((_FIELDS[field], "\n".join(lines), language))
    return tuple(texts)


def pack_words(words: Iterable[WordBox]) -> list[Any]:
    """Return one array a word: text, x, y, width, height; points to two decimals."""
    return [
        [
            word.text,
            round(word.x, _DECIMALS),
            round(word.y, _DECIMALS),
            round(word.width, _DECIMALS),
            round(word.height, _DECIMALS),
        ]
        for word in words
    ]


def unpack_words(packed: Iterable[Any] | str, words_max: int | None = None) -> tuple[WordBox, ...]:
    """Return the word boxes that `pack_words` packed: all, or the first `words_max`.

    `packed` may be the beginning of their JSON text: the words that are whole in it are returned.
    """
    arrays = _whole_arrays(packed, words_max) if isinstance(packed, str) else packed
    return tuple(map(WordBox._make, islice(arrays, words_max)))


def _whole_arrays(text: str, arrays_max: int | None) -> Iterable[Any]:
    """Return the arrays in the beginning of the JSON text of a list of them."""
    if text.endswith("]]") or len(text) == len("[]"):
        try:
            whole: list[Any] = _DECODER.decode(text)
            return whole
        except ValueError:  # cut within a word that has brackets in it
            pass
    return islice(_decoded(text), arrays_max)


def _decoded(text: str) -> Iterator[Any]:
    at = 0
    while array := _ARRAY_BEGIN.match(text, at):
        try:
            value, at = _DECODER.raw_decode(text, array.end())
        except ValueError:  # where the text was cut
            return
        yield value
