"""From a tree back to a question that a visitor might have typed."""

from archive.query.ast import (
    And,
    Everything,
    Not,
    Nothing,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    SearchField,
    Values,
    Word,
)

_NAMES = {
    SearchField.TITLE: "titel",
    SearchField.SPEAKER: "talare",
    SearchField.ORGANISATION: "organisation",
    SearchField.REGION: "region",
    SearchField.FOCUS_AREA: "fokusområde",
    SearchField.EVENT: "seminarium",
    SearchField.NOTES: "anteckningar",
    SearchField.YEAR: "år",
    SearchField.KIND: "typ",
    SearchField.LANGUAGE: "språk",
}
_KINDS = {"deck": "presentation", "report": "rapport"}


def written(query: ParsedQuery) -> str:
    """Return a question whose tree this is; "" for everything and nothing."""
    match query:
        case Word(text, field):
            return f"{_name(field)}{text}"
        case Prefix(text, field):
            return f"{_name(field)}{text}*"
        case Phrase(words, field):
            return f'{_name(field)}"{" ".join(words)}"'
        case Values(field, values):
            return f"{_name(field)}{_value(field, values)}"
        case Not(child):
            return f"-{_inside(child)}"
        case And(children, is_typed):
            between = " AND " if is_typed else " "
            return between.join(_inside(child) for child in children if not isinstance(child, Everything))
        case Or(children):
            return " OR ".join(_inside(child) for child in children)
        case Everything() | Nothing():
            return ""


def _name(field: SearchField | None) -> str:
    return f"{_NAMES[field]}:" if field else ""


def _inside(query: ParsedQuery) -> str:
    return f"({written(query)})" if isinstance(query, And | Or) else written(query)


def _value(field: SearchField, values: tuple[str, ...]) -> str:
    if field is SearchField.YEAR and len(values) > 1:
        return f"{values[0]}-{values[-1]}"
    return _KINDS.get(values[0], values[0])
