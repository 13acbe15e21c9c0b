"""What should be read out of a page, and where what was read differs: the field, what should be, what is.

A truth has plain values. `{"any": [a, b]}` are alternatives, `{"must": [], "may": []}` a set with those that
may be in it; a record that is `optional` may be missing.
"""

import json
from pathlib import Path
from typing import Any

from archive.cli.imports.shown import as_object
from archive.imports.known import known_names
from archive.imports.opening import standard_regions
from archive.imports.reading.page import read_page
from archive.model.seminar_pages.page_outline import PageOutline
from archive.model.seminar_pages.seminar_page import SeminarPage
from tests.imports.reading.outlines import outline_of

PAGES = Path(__file__).parent / "pages"
_EVENT = ("title", "kind", "starts_on", "ends_on", "place", "occasion", "organiser", "text", "decks", "films")
_TALK = ("topic", "abstract", "regions", "decks", "films")
_SPEAKER = ("name", "role", "organisation")


def read(
    data: bytes, address: str = "https://forening.example.se/a/b/", content_type: str = ""
) -> SeminarPage:
    """Read a page in this process, with the vocabulary of regions."""
    return read_outline(outline_of(data, address, content_type))


def read_outline(outline: PageOutline) -> SeminarPage:
    """Return what an outline tells, with the vocabulary of regions."""
    return read_page(outline, known_names((), standard_regions()))


def mistakes(name: str) -> list[str]:
    """Return how what is read from one of the pages differs from its truth, [] where nothing does."""
    truth = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    data = (PAGES / f"{name}.html").read_bytes()
    page = read(data, truth["address"], truth.get("content_type", "text/html; charset=utf-8"))
    return differences(truth, as_object(page))


def differences(truth: dict[str, Any], got: dict[str, Any]) -> list[str]:
    """Return the fields that differ, and what is there beyond the truth."""
    found = _records(
        "focus area", truth["focus_areas"], got["focus_areas"], ("title", "year_from", "year_to"), "title"
    )
    found += _records("event", truth["events"], got["events"], _EVENT, "title", _of_event)
    found += _records(
        "report", truth["reports"], got["reports"], ("title", "publisher", "address"), "address"
    )
    return found


def _of_event(truth: dict[str, Any], got: dict[str, Any]) -> list[str]:
    found = _records("talk", truth["talks"], got["talks"], _TALK, "topic", _of_talk)
    order = [talk["topic"] for talk in got["talks"]]
    wanted = [one for talk in truth["talks"] if (one := _first_right(talk["topic"], order)) is not None]
    slots = any("slot" in talk for talk in truth["talks"])
    return found + (
        [] if slots or [one for one in order if one in wanted] == wanted else ["order of the talks"]
    )


def _of_talk(truth: dict[str, Any], got: dict[str, Any]) -> list[str]:
    return _records("speaker", truth["speakers"], got["speakers"], _SPEAKER, "name")


def _first_right(topic: Any, order: list[str]) -> str | None:
    return next((one for one in order if _is_right(topic, one)), None)


def _records(
    kind: str, truths: Any, gots: Any, fields: tuple[str, ...], key: str, inner: Any = None
) -> list[str]:
    found: list[str] = []
    left = list(gots)
    for truth in truths:
        match = next((one for one in left if _is_right(truth[key], one[key])), None)
        if match is None and len(truths) == len(gots) == 1:
            match = left[0]
        if match is None:
            found += [] if truth.get("optional") else [f"{kind} missing: {_plain(truth[key])}"]
            continue
        left.remove(match)
        if truth.get("optional"):
            continue
        found += [
            f"{kind}.{name}: expected {_plain(truth.get(name))!r}, got {match[name]!r}"
            for name in fields
            if not _is_right(truth.get(name), match[name])
        ]
        found += inner(truth, match) if inner else []
    return found + [f"{kind} beyond: {one[key]}" for one in left]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return value["any"][0] if "any" in value else value["must"]
    return value


def _is_right(truth: Any, got: Any) -> bool:
    if isinstance(truth, dict) and "any" in truth:
        return any(_is_right(one, got) for one in truth["any"])
    if isinstance(truth, list | dict) or isinstance(got, list):
        must, may = (truth["must"], truth["may"]) if isinstance(truth, dict) else (truth or [], [])
        return set(must) <= set(got or []) <= {*must, *may}
    return " ".join(str(truth or "").split()) == " ".join(str(got or "").split())
