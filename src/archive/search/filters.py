"""The values that questions are narrowed by: those that there are to choose, those who stayed where people or
organisations were merged, and those that cannot be.

Programs and commands are told of values that cannot be, where pages find nothing and go on. Whether there is
somebody or something with an identifier is said as the visitor may know it: what is not for them is as
unknown as what never was.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from archive.analysis.collation import swedish_sort_key
from archive.catalogue import facet_labels
from archive.catalogue.database.sessions import Session
from archive.catalogue.names.listing import present_id
from archive.errors import FilterUnknown, FilterUnusable
from archive.index.schema import Facet
from archive.index.search import SearchAnswer
from archive.model.documents import DocumentKind
from archive.model.names import NameKind
from archive.search.question import SHOWN_FACETS, Question
from archive.search.results import FacetChoice

YEAR: Final = "^[0-9]{4}$"
MEDIA_TYPE: Final = "^[A-Za-z0-9_.+-]+/[A-Za-z0-9_.+-]+$"
LANGUAGES: Final = ("sv", "en")
"""The languages that pages and documents are told to be in."""

_SHOWN_CHARS: Final = 100
_NAMED: Final = (Facet.FOCUS_AREA, Facet.EVENT, Facet.REGION, Facet.ORGANISATION, Facet.SPEAKER)
_CHOICES: Final[Mapping[Facet, tuple[str, ...]]] = {
    Facet.KIND: tuple(kind.value for kind in DocumentKind),
    Facet.LANGUAGE: LANGUAGES,
}
_MERGED = {Facet.SPEAKER: NameKind.PERSON, Facet.ORGANISATION: NameKind.ORGANISATION}


def with_present_names(session: Session, question: Question) -> Question:
    """Return a question whose chosen people and organisations are those that others were merged into."""
    filters = dict(question.filters)
    for facet, kind in _MERGED.items():
        chosen = filters.get(facet, ())
        if chosen:
            present = (present_id(session, kind, value) or value for value in chosen)
            filters[facet] = tuple(dict.fromkeys(present))
    return question if filters == question.filters else replace(question, filters=filters)


def facet_choices(
    session: Session, answer: SearchAnswer, filters: Mapping[Facet, tuple[str, ...]], max_rank: int
) -> dict[Facet, tuple[FacetChoice, ...]]:
    """Return the values of each facet that an answer counted, most talks first.

    A chosen value that was not counted is among them where the visitor may know of it.
    """
    choices: dict[Facet, tuple[FacetChoice, ...]] = {}
    values = {facet.value: [count.value for count in counts] for facet, counts in answer.facets.items()}
    labels = facet_labels.labels(session, values)
    for facet, counts in answer.facets.items():
        chosen = filters.get(facet, ())
        counted = {count.value for count in counts}
        names = labels[facet.value]
        broader = facet_labels.broader_codes(session, sorted(counted)) if facet is Facet.REGION else {}
        rows = [
            FacetChoice(
                count.value,
                names.get(count.value, count.value),
                count.groups,
                count.pages,
                count.value in chosen,
                broader.get(count.value, ""),
            )
            for count in counts
        ]
        rows += [
            FacetChoice(value, name, 0, 0, True)
            for value in chosen
            if value not in counted
            and (name := facet_labels.visible_label(session, facet.value, value, max_rank))
        ]
        rows.sort(key=lambda row: (-row.groups, swedish_sort_key(row.label)))
        choices[facet] = tuple(rows)
    return choices


def filters_of(pairs: Iterable[tuple[str, str]]) -> dict[Facet, tuple[str, ...]]:
    """Return what facets and their values stand for, as somebody gave them.

    Raises FilterUnusable where there is no such facet, or a value that it cannot have.
    """
    names = [facet.value for facet in SHOWN_FACETS]
    chosen: dict[Facet, tuple[str, ...]] = {}
    for name, value in pairs:
        if name not in names:
            raise FilterUnusable(f"'{name[:_SHOWN_CHARS]}' is no filter. There are: {', '.join(names)}.")
        facet = Facet(name)
        _refuse_form(facet, value)
        chosen[facet] = tuple(dict.fromkeys((*chosen.get(facet, ()), value)))
    return chosen


def _refuse_form(facet: Facet, value: str) -> None:
    """Raise FilterUnusable where a facet has no such values, whatever there is in the archive."""
    shown = value[:_SHOWN_CHARS]
    if not value:
        raise FilterUnusable(f"There is no value for '{facet.value}'. Give one, as region=SE31 or year=2022.")
    if facet is Facet.YEAR and not re.fullmatch(YEAR, value):
        raise FilterUnusable(f"'{shown}' is no year. Give four digits, as year=2022.")
    if facet is Facet.MEDIA_TYPE and not re.fullmatch(MEDIA_TYPE, value):
        raise FilterUnusable(f"'{shown}' is no type of file. Give one as media_type=application/pdf.")
    choices = _CHOICES.get(facet)
    if choices and value not in choices:
        raise FilterUnusable(
            f"'{shown}' cannot be the value of '{facet.value}'. There are: {', '.join(choices)}."
        )


def pair_of(text: str) -> tuple[str, str]:
    """Return the facet and the value of a filter as commands take it: `year=2022`."""
    name, _, value = text.partition("=")
    return name.strip(), value.strip()


def refuse_unknown(session: Session, filters: Mapping[Facet, tuple[str, ...]], max_rank: int) -> None:
    """Raise FilterUnknown where there is nobody and nothing that a chosen value stands for.

    Those who were merged into others are known.
    """
    present = with_present_names(session, Question(filters=filters)).filters
    for facet in _NAMED:
        for value in present.get(facet, ()):
            known = facet_labels.visible_label(session, facet.value, value, max_rank)
            if known is None:
                shown = value[:_SHOWN_CHARS]
                raise FilterUnknown(
                    f"There is nothing that '{shown}' stands for as '{facet.value}'. "
                    "Take the value from a list."
                )
