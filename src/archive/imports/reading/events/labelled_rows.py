"""What is said behind labels: "Vem: Ida Ek, SLU" in rows, "Ämne: …", "Talare: …" again and again in lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.imports.reading.columns import by_rows, column_kind
from archive.imports.reading.pieces import Line
from archive.model.seminar_pages.seminar_page import BlockKind

SAYS_WHO = re.compile(
    r"\W*(?:vem|vilka|talare|föreläsare|medverkande|föredragshållare|gäst(?:er)?|inledare|speakers?|who)\W*",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\W*(?:om(?: föreläsningen| föredraget| seminariet)?|innehåll|beskrivning|sammanfattning|material|bilder"
    r"|presentation(?:er)?|film|inspelning|dokumentation|när|datum|dag|abstract|about|slides|recording"
    r"|when|date)\W*",
    re.IGNORECASE,
)
_PAIR = 2
_FACT_LABEL = re.compile(
    r"\W*(?:plats|lokal|var|venue|place|where|location|adress|datum|när|date|when|arrangör(?:er)?|organisers?)\s?:?\s*",
    re.IGNORECASE,
)
_FACT_CHARS = 90
_LABEL = re.compile(r"\W{0,2}([A-ZÅÄÖ][\w /-]{1,24}?)\s?:(?:\s+|$)")
_FIRST_TABLE = 100_000  # above those that the page has itself
_ROWS_LEAST = 2
_Said = tuple[str, Line, list[Line], Sequence[Line]]


def without_labels(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those of such rows as text without their labels; other tables stay."""
    tables = {row[0].table for row in by_rows(lines) if _is_pair(row) and SAYS_WHO.fullmatch(row[0].text)}
    told = {row[0].table for row in by_rows(lines) if _is_pair(row) and _TOLD.fullmatch(row[0].text)}
    found: list[Line] = []
    for row in by_rows(_with_facts_below(lines)):
        is_said = row[0].table in tables & told and _is_pair(row)
        if is_said and (SAYS_WHO.fullmatch(row[0].text) or _TOLD.fullmatch(row[0].text)):
            text = BlockKind.PARAGRAPH
            under = row[0].text.strip()
            found += [replace(line, kind=text, table=0, row=0, column=0, under=under) for line in row[1:]]
        else:
            found += row
    return list(_as_tables(found))


def _with_facts_below(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without those that are but a label, which the line below is then under: "Plats:"."""
    found: list[Line] = []
    for line in lines:
        label = found[-1] if found and _FACT_LABEL.fullmatch(found[-1].text) else None
        is_bare = (
            label is not None and label.kind is BlockKind.PARAGRAPH and not (label.links or label.is_strong)
        )
        is_fact = (
            line.kind is BlockKind.PARAGRAPH and len(line.text) < _FACT_CHARS and not line.text.endswith(":")
        )
        if label is not None and is_bare and is_fact:
            found[-1] = replace(line, under=label.text.strip(" :") + ":")
        else:
            found.append(line)
    return found


def _as_tables(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, those of talks told behind the same labels again and again as rows of a table."""
    run: list[_Said] = []
    for row in [*by_rows(lines), None]:
        said = _said(row, run) if row is not None else None
        if said is not None:
            run.append(said)
            continue
        yield from _table(run)
        run = []
        yield from row or ()
    yield from _table(run)


def _said(row: Sequence[Line], run: Sequence[_Said]) -> _Said | None:
    """Return the label of a line or of a row of two cells, its line and what is said behind it."""
    first = row[0]
    if first.table:
        kind = column_kind(first.text) if _is_pair(row) else ""
        return (kind, first, list(row[1:]), row) if kind else None
    label = _LABEL.match(first.text)
    end = label.end(1) if label is not None else first.label_end  # "**Talare** Ida Ek, SLU"
    kind = column_kind(first.text[:end]) if end and not first.is_heading else ""
    if kind:
        piece = first.piece.part(label.end() if label is not None else end)
        told = replace(first, piece=piece, emphases=()) if piece.text.strip() else None
        head = replace(first, piece=first.piece.part(0, end), links=(), emphases=())
        return ("links" if first.links and kind == "topic" else kind), head, [told] if told else [], row
    is_more = bool(run) and not first.is_heading and not first.is_strong
    return ("", first, [first], row) if is_more else None


def _table(run: Sequence[_Said]) -> Iterator[Line]:
    """Yield what was said behind labels as a table, where several talks are; else as it stood."""
    records: list[list[_Said]] = []
    for said in run:
        if not records or (said[0] and said[0] in {one[0] for one in records[-1]} - {"links"}):
            records.append([])
        records[-1].append(said)
    whole = [one for one in records if {"topic", "speaker"} <= {kind for kind, *_ in one}]
    if len(whole) < _ROWS_LEAST or len(whole) < len(records) - 1:
        yield from (line for *_, row in run for line in row)
        return
    heads = {kind: head for one in whole for kind, head, *_ in one if kind}
    columns = {kind: at for at, kind in enumerate(heads, 1)}
    table = _FIRST_TABLE + run[0][1].piece.block
    yield from (_cell(head, table, 0, columns[kind]) for kind, head in heads.items())
    for at, one in enumerate(records, 1):
        for kind, _, told, _ in one:
            yield from (_cell(line, table, at, columns.get(kind, len(columns) + 1)) for line in told)


def _cell(line: Line, table: int, row: int, column: int) -> Line:
    return replace(line, kind=BlockKind.CELL, level=0, table=table, row=row, column=column)


def _is_pair(row: Sequence[Line]) -> bool:
    """Return whether a row is a label and what it says."""
    columns = {line.column for line in row}
    return (
        bool(row[0].table) and len(columns) == _PAIR and [one.column for one in row].count(row[0].column) == 1
    )
