"""Whatever a page holds: nothing raises, and each passage lies within its block."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model.seminar_pages.page_outline import PageOutline
from archive.model.seminar_pages.seminar_page import BlockKind, PageLink, Passage, ReadField, SourceBlock
from tests.imports.reading.outlines import outline_of
from tests.imports.reading.truths import read_outline

_WORDS = st.sampled_from(
    [
        "Anna",
        "Ek",
        "Bo",
        "Alm",
        "strateg",
        "professor",
        "Region",
        "Dalarna",
        "SLU",
        "(SCB)",
        "och",
        "&",
        "–",
        "-",
        "|",
        ":",
        ",",
        ".",
        "”",
        "?",
        "berättade",
        "om",
        "redogjorde",
        "för",
        "10.00",
        "10.15–11.00",
        "3",
        "maj",
        "2022",
        "den",
        "17–18",
        "oktober",
        "Plats:",
        "Arrangör:",
        "Moderator:",
        "Medverkande:",
        "Lunch",
        "Kaffe",
        "Inställt",
        "Presentation",
        "(PDF)",
        "Se",
        "PPT",
        "bilder",
        "film",
        "Rapport:",
        "Fokusområde",
        "2021–2022",
        "Seminarium",
        "Program",
        "Dokumentation",
        "Spår",
        "1",
        "Dag",
        "2",
        "Panel:",
        "Kommentar",
        "av",
        "<b>",
        "</b>",
        "<i>",
        "<br>",
        "<p>",
        "</p>",
        "<h2>",
        "</h2>",
        "<h3>",
        "<li>",
        "<ul>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "<td",
        "rowspan=3>",
        "</table>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<div",
        "hidden>",
        "</div>",
        "<a",
        'href="x.pdf">',
        "<a",
        'href="/y.pptx">',
        "</a>",
        "<details>",
        "<summary>",
        "&nbsp;&nbsp;",
        "_",
        "/",
        "årsmötet",
        "i",
        "Falun",
        "hölls",
    ]
)
_PAGES = st.lists(_WORDS, max_size=120).map(" ".join)
_QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _fields(value: Any) -> Iterator[ReadField[Any]]:
    if isinstance(value, ReadField):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _fields(one)
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from _fields(getattr(value, each.name))


def _check(outline: PageOutline) -> None:
    page = read_outline(outline)
    for field in _fields(page):
        assert 0 <= field.certainty <= 1
        for passage in field.passages:
            _check_passage(passage, page.blocks)


def _check_passage(passage: Passage, blocks: tuple[SourceBlock, ...]) -> None:
    text = blocks[passage.block].text
    assert 0 <= passage.start <= passage.end <= len(text)


@_QUIET
@given(_PAGES)
def test_any_page_is_read_to_its_end(body: str) -> None:
    _check(outline_of(f"<html><meta charset=utf-8><body><p>ord</p>{body}".encode()))


@_QUIET
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _check(outline_of(b"<html><body><p>ord</p>" + data))


@_QUIET
@given(
    st.lists(
        st.tuples(st.sampled_from(list(BlockKind)), st.text(min_size=1, max_size=80), st.integers(0, 3)),
        max_size=12,
    )
)
def test_any_text_is_read_to_its_end(blocks: list[tuple[BlockKind, str, int]]) -> None:
    link = PageLink("https://x.example/a.pdf", 0, 1)
    made = [
        SourceBlock(kind, text, at % 7, table, table and at + 1, table, links=(link,), emphases=((0, 1),))
        for at, (kind, text, table) in enumerate(blocks)
    ]
    _check(PageOutline("https://x.example/", "", tuple(made)))
