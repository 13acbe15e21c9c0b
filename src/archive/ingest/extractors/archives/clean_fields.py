"""The fields of a Word document without their codes, but for those that say nothing of a machine or a person.

A field has a code ("INCLUDETEXT" and where a file lies) and the text that it gave last (ECMA-376 part 1,
17.16). The text is what readers see; a code may name files, servers and mail merges. Without its code it is
plain text.
"""

from archive.ingest.extractors.ooxml.markup import Element, attribute, local_name

_HARMLESS = frozenset(
    {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "TOC", "PAGEREF", "REF", "NOTEREF", "SEQ", "STYLEREF",
     "TC", "XE", "INDEX", "EQ", "SYMBOL", "LISTNUM", "AUTONUM", "HYPERLINK"}
)  # fmt: skip
_LINKS = ("http://", "https://", "mailto:")


def clear_fields(root: Element) -> None:
    """Leave of other fields only the text that they gave."""
    open_fields: list[list[Element]] = []
    for element in list(root.iter()):
        name = local_name(element)
        if name == "fldSimple" and not _is_harmless(attribute(element, "instr")):
            for inner in list(element):
                element.addprevious(inner)
            element.getparent().remove(element)
        elif name == "instrText" and open_fields:
            open_fields[-1].append(element)
        elif name == "fldChar":
            kind = attribute(element, "fldCharType")
            if kind == "begin":
                open_fields.append([])
            if open_fields:
                open_fields[-1].append(element)
            if kind == "end" and open_fields:
                _close(open_fields.pop())
    for parts in open_fields:  # without an end it is no field
        _drop(parts)


def _close(parts: list[Element]) -> None:
    code = "".join(part.text or "" for part in parts if local_name(part) == "instrText")
    if not _is_harmless(code):
        _drop(parts)


def _drop(parts: list[Element]) -> None:
    for part in parts:
        part.getparent().remove(part)


def _is_harmless(code: str) -> bool:
    name, _, rest = code.strip().partition(" ")
    if name.upper() not in _HARMLESS:
        return False
    target = rest.strip().strip('"').lower()
    return name.upper() != "HYPERLINK" or target.startswith((*_LINKS, "\\l"))
