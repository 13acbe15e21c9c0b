"""Everything that a seminar's page tells, from its outline."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from archive.imports.known import NOTHING_KNOWN, Known
from archive.imports.reading.dates import FoundDate, dates_in, likely_year, month_of, years_in
from archive.imports.reading.events.dated_lists import dated_lists_apart
from archive.imports.reading.events.days import days_below_headings, lines_above, without_publishing
from archive.imports.reading.events.event_files import of_only_talk, whole_files
from archive.imports.reading.events.event_lines import EventLines, is_cancelled, place_in_heading
from archive.imports.reading.events.facts import Facts
from archive.imports.reading.events.kinds import kind_in
from archive.imports.reading.events.labelled_rows import without_labels
from archive.imports.reading.events.link_lists import lines_apart
from archive.imports.reading.events.occasions import occasion_in_title
from archive.imports.reading.events.organisers import organiser_of
from archive.imports.reading.events.parting import events_of
from archive.imports.reading.events.places import house_below, place_of_all
from archive.imports.reading.events.run_in_heads import heads_apart
from archive.imports.reading.events.site_titles import without_site_title
from archive.imports.reading.events.titles import quoted_title
from archive.imports.reading.focus_areas import focus_areas_in
from archive.imports.reading.group_headings import without_openers
from archive.imports.reading.links import LinkTarget, kind_on
from archive.imports.reading.naming.slots import names_by_place
from archive.imports.reading.pieces import LINES_MAX, Line, Piece, field_of, lines_of, squeezed
from archive.imports.reading.programme import programme_of
from archive.imports.reading.regions import Regions
from archive.imports.reading.reports import report_of
from archive.imports.reading.surroundings import without_other_sections, without_surroundings
from archive.imports.reading.talks.drafts import links_in
from archive.imports.reading.talks.matching import match_links
from archive.imports.reading.talks.talk_fields import talks_of
from archive.model.seminar_pages.page_outline import PageOutline
from archive.model.seminar_pages.seminar_page import (
    ReadEvent,
    ReadField,
    ReadFocusArea,
    ReadReport,
    SeminarPage,
)

_MANY_LINES = "The page has more lines than are looked through; what comes behind them was left out."

_DAY_IN_YEAR = re.compile(r"(?:19|20)\d\d-\d\d-\d\d$")


def read_page(outline: PageOutline, known: Known = NOTHING_KNOWN) -> SeminarPage:
    """Return what a page tells. Never raises, whatever the outline holds."""
    every = lines_of(outline)
    apart = without_other_sections(without_surroundings(every[:LINES_MAX], outline.address))
    own, owner = without_site_title(apart, every[:LINES_MAX], outline.address)
    lines = lines_apart(heads_apart(without_labels(without_openers(own))))
    remarks = (*outline.remarks, *((_MANY_LINES,) if max(len(every), len(lines)) > LINES_MAX else ()))
    lines = dated_lists_apart(days_below_headings(lines[:LINES_MAX]))
    areas = focus_areas_in(lines)
    intro, parted = events_of(lines)
    page = _Page(outline, known, intro, areas, lines, every, owner)
    events = (page.event(one, is_only=len(parted) == 1) for one in parted)
    kept = [event for event in events if event is not None]
    return SeminarPage(
        address=outline.address,
        title=outline.title,
        blocks=outline.blocks,
        focus_areas=tuple(areas),
        events=tuple(kept),
        reports=tuple(_reports(lines, kept)),
        remarks=remarks,
    )


def _reports(lines: Sequence[Line], events: Sequence[ReadEvent]) -> Iterator[ReadReport]:
    seen = {deck for event in events for talk in event.talks for deck in talk.decks.value}
    for line, link in links_in(lines):
        if kind_on(line, link) is LinkTarget.REPORT and link.address not in seen:
            seen.add(link.address)
            yield report_of(line, link)


class _Page:
    """What all events of a page have in common."""

    def __init__(
        self,
        outline: PageOutline,
        known: Known,
        intro: Sequence[Line],
        areas: Sequence[ReadFocusArea],
        lines: Sequence[Line],
        every: Sequence[Line],
        owner: Piece | None,
    ) -> None:
        self._outline, self._intro, self._owner = outline, intro, owner
        self._people = known.people | names_by_place(lines, known.people)
        self._regions = Regions(known.regions)
        self._above = lines_above(every)
        self._years = list(dict.fromkeys(years_in(outline.title)))
        for line in [*intro[:3], *lines[:1]]:
            self._years += [year for year in years_in(line.text) if line.is_heading]
        years = list(years_in(_path(outline.address).replace("-", " ")))
        years += [area.year_from.value for area in areas if area.year_from.value is not None]
        self._weak_years = list(dict.fromkeys(years))

    def event(self, own: EventLines, *, is_only: bool) -> ReadEvent | None:
        """Return one event, None for one that was cancelled."""
        programme = programme_of(own.lines, self._people, in_series=not is_only)
        left = of_only_talk(programme.talks, match_links(programme.talks, programme.loose))
        decks, films = whole_files(own.lines, left, programme.talks)
        title = own.title or Piece("", 0, 0)
        for draft in programme.talks:
            draft.topic = draft.topic or title
        intro = (
            programme.intro
            if is_only
            else [line for line in programme.intro if not line.links or not line.is_link]
        )
        facts = Facts([*intro, *programme.facts], title.text)
        talks = talks_of(programme.talks, self._regions)
        kind, kind_certainty = self._kind(own, title, facts)
        event = ReadEvent(
            title=self._title(own, title),
            kind=ReadField(kind, kind_certainty),
            place=_either(_place(facts, own, self._intro), self._hinted("place")),
            occasion=_of_piece(facts.occasion() or occasion_in_title(title), 0.9, capital=True),
            organiser=self._organiser(facts, own),
            text=field_of(facts.text(), 0.9),
            decks=decks,
            films=films,
            talks=talks,
        )
        is_empty = not talks and own.day is None and not any(line.links for line in own.lines)
        if (is_empty and not is_only) or (not talks and is_cancelled(own)):
            return None  # a heading without a day, a talk or a link beside seminars
        return self._dated(event, own, facts)

    def _title(self, own: EventLines, title: Piece) -> ReadField[str | None]:
        if own.title is None:
            return ReadField(squeezed(self._outline.title) or None, 0.5)
        named = quoted_title(title, [line.piece for line in own.lines[:3]])
        if named is not None:
            return field_of([named], 0.8, capital=True)
        if own.subtitle is not None:
            return field_of([title, own.subtitle], 0.85, joint=": ")
        return field_of([title], 0.92, capital=True)

    def _kind(self, own: EventLines, title: Piece, facts: Facts) -> tuple[str | None, float]:
        titles = [title.text, own.heading.text if own.heading is not None else ""]
        texts = [piece.text for piece in facts.text()]
        texts += [line.text for line in own.lines[:2] if dates_in(line.text)]
        texts += [line.text for line in self._intro]
        page_title = self._outline.title
        for name in self._outline.site_names:
            page_title = page_title.replace(name, " ")
        titles_apart = [page_title, _path(self._outline.address)]
        kind, certainty = kind_in(titles, texts)
        if kind is None and not re.search(r"\b(?!var)\w+dag(?:en|arna)?\b", title.text, re.IGNORECASE):
            kind, certainty = kind_in(titles_apart, [])
        if kind is None and re.search(r"\b(?!var)\w+dag(?:en|arna)?\b", title.text, re.IGNORECASE):
            return "conference", 0.7
        return (kind, certainty) if kind else ("seminar", 0.5)

    def _organiser(self, facts: Facts, own: EventLines) -> ReadField[str | None]:
        said = facts.organiser(own.lines) or Facts(self._intro, "").organiser()
        return organiser_of(said, self._hinted("organiser"), self._outline.site_names, self._owner, own.title)

    def _hinted(self, name: str) -> ReadField[str | None]:
        """Return what structured data says and the page's words, too: alone nobody sees it."""
        for hint in self._outline.hints:
            value: str = getattr(hint, name)
            for number, block in enumerate(self._outline.blocks if len(value) > 2 else ()):
                at = block.text.find(value)
                if at >= 0:
                    return field_of([Piece(block.text, number, 0).part(at, at + len(value))], 0.75)
        return ReadField(None)

    def _hinted_years(self, day: FoundDate) -> list[int]:
        """Return the years in which structured data has an event on a day whose year is not said."""
        starts = [hint.starts_on[:10] for hint in self._outline.hints]
        days = [start for start in starts if _DAY_IN_YEAR.match(start)]
        return [int(start[:4]) for start in days if start == day.first(int(start[:4]))]

    def _dated(self, event: ReadEvent, own: EventLines, facts: Facts) -> ReadEvent:
        heading = own.heading.piece if own.heading is not None else None
        days = [(own.day, heading)] if own.day is not None else []
        days += facts.days()
        if heading is not None and not days:
            days = [(day, heading) for day in dates_in(heading.text)]
        days += [
            (day, line.piece) for line in own.lines[:40] if len(line.text) < 60 for day in dates_in(line.text)
        ]
        days = without_publishing(days, self._outline.published_on)
        days = days or [(day, line.piece) for line in self._above for day in dates_in(line.text)]
        if not days:
            month = month_of(" ".join(line.text for line in own.lines[:6])) or (
                month_of(heading.text) if heading else None
            )
            return replace(event, starts_on=ReadField(month, 0.8)) if month else event
        day, piece = days[0]
        years = [*years_in(heading.text if heading else ""), *own.years, *self._years]
        weak = [*self._hinted_years(day), *self._weak_years]
        year, certainty = likely_year(day, years, weak, self._outline.published_on)
        passages = (piece.part(day.start, day.end).passage,) if piece is not None else ()
        last = day.last(year)
        return replace(
            event,
            starts_on=ReadField(day.first(year), certainty, passages),
            ends_on=ReadField(last, certainty, passages if last else ()),
        )


def _place(facts: Facts, own: EventLines, intro: Sequence[Line]) -> ReadField[str | None]:
    place = (
        own.place or facts.place() or place_in_heading(own) or house_below(own.lines) or place_of_all(intro)
    )
    return field_of([place], 0.88) if place is not None else ReadField(None)


def _either(first: ReadField[str | None], second: ReadField[str | None]) -> ReadField[str | None]:
    return first if first.value else second


def _of_piece(piece: Piece | None, certainty: float, *, capital: bool = False) -> ReadField[str | None]:
    return field_of([piece], certainty, capital=capital) if piece is not None else ReadField(None)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
