"""Words that OCR has read although they are on the slide as text: they show nothing and count nothing."""

from collections.abc import Sequence

from archive.analysis.tokenizer import surface, words
from archive.model.pages import BlockField

Texts = Sequence[tuple[BlockField, str, str]]


def without_repeated_ocr(blocks: Texts) -> list[tuple[BlockField, str, str]]:
    """Return (field, text, language) of a page's blocks, those of OCR without the words of the others."""
    own = {
        surface(word)
        for field, text, _ in blocks
        if field is not BlockField.OCR
        for word, _, _ in words(text)
    }
    return [
        (field, _without(text, own) if field is BlockField.OCR else text, language)
        for field, text, language in blocks
    ]


def _without(text: str, own: set[str]) -> str:
    """Return the lines of a text without some words; lines of nothing else are left out."""
    lines = []
    for line in text.splitlines():
        new = [
            chunk for chunk in line.split() if any(surface(word) not in own for word, _, _ in words(chunk))
        ]
        if new:
            lines.append(" ".join(new))
    return "\n".join(lines)
