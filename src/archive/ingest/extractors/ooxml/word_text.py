"""Text in WordprocessingML (ECMA-376 part 1, section 17), by local names: strict and transitional alike."""

from archive.ingest.extractors.ooxml.markup import Element, attribute, child, local_name, walk

BREAK = "\f"
"""Marks a page's end between runs."""

MOVED_OR_DELETED = frozenset({"del", "moveFrom"})
"""Text that changes took away from where it is."""

STILL_THERE = "Spårade ändringar: text som är borttagen finns kvar i filen."
"""What staff read where `has_deleted_words`; the words themselves are not kept."""
_TAKEN_AWAY = frozenset({"delText", "moveFrom"})

_SPACES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
# Of text in two forms (mc:AlternateContent) the newer one is read.
_OLDER_FORM = frozenset({"Fallback"})
_PROPERTIES = frozenset({"pPr", "rPr", "tblPr", "sectPr"})
_CODES = frozenset({"instrText", "delText"})
# Text boxes are read as texts of their own; `rt` is the reading of Asian signs.
_APART = frozenset({"txbxContent", "rt"})
_NOT_OF_PARAGRAPH = MOVED_OR_DELETED | _OLDER_FORM | _PROPERTIES | _CODES | _APART


def text_of(paragraph: Element) -> str:
    """Return the words of one paragraph, without text boxes in it; pages end at `BREAK`."""
    return "".join(
        BREAK if is_page_break(element) else _letters(element)
        for element in walk(paragraph, _NOT_OF_PARAGRAPH)
        if not _is_hidden(element.getparent())
    )


def hidden_lines(root: Element) -> list[str]:
    """Return the words that are formatted as hidden (17.3.2.41), one line a paragraph: no page shows them."""
    paragraphs = (
        element for element in walk(root, MOVED_OR_DELETED | _OLDER_FORM) if local_name(element) == "p"
    )
    lines = (
        "".join(
            _letters(element)
            for element in walk(paragraph, _NOT_OF_PARAGRAPH)
            if _is_hidden(element.getparent())
        )
        for paragraph in paragraphs
    )
    return [line.strip() for line in lines if line.strip()]


def _letters(element: Element) -> str:
    name = local_name(element)
    if name == "t":
        return element.text or ""
    return _symbol(element) if name == "sym" else _SPACES.get(name, "")


def _is_hidden(run: Element) -> bool:
    mark = child(run, "rPr", "vanish")
    return mark is not None and attribute(mark, "val") not in ("0", "false", "off")


def lines_of(story: Element, page_break: str = " ") -> list[str]:
    """Return the paragraphs of a story, those in its tables and text boxes too, as lines.

    `page_break` is what a page's end inside a paragraph becomes. Lines without words are left out.
    """
    paragraphs = (
        element for element in walk(story, MOVED_OR_DELETED | _OLDER_FORM) if local_name(element) == "p"
    )
    texts = (text_of(paragraph) for paragraph in paragraphs)
    return [text.replace(BREAK, page_break) for text in texts if text.strip()]


def has_deleted_words(root: Element) -> bool:
    """Return whether changes that nobody has accepted took words away, which the file still holds."""
    return any(
        any((each.text or "").strip() for each in element.iter())
        for element in walk(root)
        if local_name(element) in _TAKEN_AWAY
    )


def is_page_break(element: Element) -> bool:
    """Return whether a page ends at `element`, as the author wished or as Word last showed it."""
    name = local_name(element)
    return name == "lastRenderedPageBreak" or (name == "br" and attribute(element, "type") == "page")


def _symbol(element: Element) -> str:
    """Return a symbol's letter; those of symbol fonts (private use) say nothing."""
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 else ""


def boxes_in(paragraph: Element) -> list[Element]:
    """Return the contents of the text boxes that are anchored in a paragraph, each once."""
    return [
        element
        for element in walk(paragraph, MOVED_OR_DELETED | _OLDER_FORM)
        if local_name(element) == "txbxContent"
        and not any(local_name(ancestor) == "txbxContent" for ancestor in element.iterancestors())
    ]


def descriptions_in(paragraph: Element) -> list[str]:
    """Return the alternative texts of the pictures and drawings in a paragraph, each once."""
    texts: list[str] = []
    for element in walk(paragraph, MOVED_OR_DELETED | _OLDER_FORM | {"txbxContent"}):
        name = local_name(element)
        if name == "docPr":
            texts += [attribute(element, "title"), attribute(element, "descr")]
        elif name in ("shape", "rect"):
            texts.append(attribute(element, "alt"))
    return [text for text in dict.fromkeys(texts) if text.strip()]
