"""The talks of one event, in order, and what stands between them."""

from collections.abc import Sequence

from archive.imports.reading.alike.item_forms import read_alike
from archive.imports.reading.alike.line_forms import lines_alike, titles_alike
from archive.imports.reading.dates import dates_in
from archive.imports.reading.gathering import is_of_talk
from archive.imports.reading.group_headings import firms_above, stands_above_talks
from archive.imports.reading.headings import is_speaker
from archive.imports.reading.items import Item, PartKind, items_of
from archive.imports.reading.line_entries import without_remark
from archive.imports.reading.links import LinkTarget, kind_on
from archive.imports.reading.loose_lines import keep, take_line
from archive.imports.reading.naming.names import KNOWN, names_in
from archive.imports.reading.naming.organisations import is_surely_organisation, may_be_organisation
from archive.imports.reading.naming.people import are_people, people_in
from archive.imports.reading.pieces import Line
from archive.imports.reading.programme_state import Programme, ProgrammeState, add
from archive.imports.reading.talks.drafts import TalkParts, bare_of, take_links
from archive.imports.reading.talks.headed_prose import headed_talk, heads_of_talks, speakers_alike
from archive.imports.reading.talks.item_talks import draft_of
from archive.imports.reading.talks.pauses import is_colophon, is_of_leader
from archive.imports.reading.talks.prose import told_talks
from archive.imports.reading.talks.same_people import agree
from archive.imports.reading.talks.told_below import timed_talk, told_below
from archive.imports.reading.words import FACT
from archive.review.folding import joined

_SEVERAL = 2
_SPOKEN_LINES = 6
_FIRM_WORDS = 5
_CELLS_APART = 6  # of one column in two rows


def programme_of(lines: Sequence[Line], known: frozenset[str], *, in_series: bool = False) -> Programme:
    """Return the programme that some lines tell; `in_series`: those of one of a page's several events."""
    state = ProgrammeState(Programme(), known)
    parent: Item | None = None
    group = 0
    items = items_of(lines)
    known = known | speakers_alike(items)
    state.known = known
    headed = heads_of_talks(items, known)
    alike = read_alike(items, known) | lines_alike(items, known) | titles_alike(items, known)
    titles = {
        one.head.piece.block: joined(one.title.text)
        for one in items
        if one.head is not None and one.title is not None and one.head.piece.block in headed
    }
    for item in items:
        state.is_between |= item.group != group
        group = item.group
        if (draft := alike.get(id(item))) is not None:
            add(state, draft)
        elif item.head is not None and item.head.piece.block in headed:
            _headed_alike(state, item, titles)
            parent = None
        elif item.level:
            parent = _headed(state, item, parent)
        elif item.time or item.is_row:
            _scheduled(state, item)
        else:
            take_line(state, item)
    if not state.programme.talks:
        _spoken_alone(state, lines)
    if in_series and not state.programme.talks:
        _held_by_firm(state, lines)
    _without_others(state.programme)
    agree(state.programme.talks, firms_above(items))
    return state.programme


def _without_others(programme: Programme) -> None:
    """Leave out what looks like talks: who led a part of the day, who wrote the page."""
    for talk in programme.talks:
        programme.moderators += talk.people if is_of_leader(talk) else []
    programme.talks = [one for one in programme.talks if not (is_of_leader(one) or is_colophon(one))]


def _spoken_alone(state: ProgrammeState, lines: Sequence[Line]) -> None:
    """Take the people that are all a line says, where no talk is told: theirs has the event's title."""
    for line in lines[:_SPOKEN_LINES]:
        text = without_remark(bare_of(line, line.piece)[0]).stripped(" \t\n.,;|")
        if line.is_heading or line.table or not are_people(text, state.known):
            continue
        people = people_in(text, state.known)
        if people[0].role is None and people[0].organisation is None:
            continue
        draft = TalkParts(None, people, certainty=0.8, place=line.piece.block)
        take_links(draft, line)
        add(state, draft)
        state.programme.intro = [one for one in state.programme.intro if one is not line]
        taken = {link.address for link in line.links}
        state.programme.loose = [one for one in state.programme.loose if one[1].address not in taken]
        return


def _held_by_firm(state: ProgrammeState, lines: Sequence[Line]) -> None:
    """Take the organisation that the first line below an event's title is: it gave the only talk."""
    line = next((one for one in lines if not FACT.match(one.text) and not dates_in(one.text)), None)
    if line is None or line.is_heading or line.table:
        return
    firm = bare_of(line, line.piece)[0].stripped(" \t\n.,;()")
    is_short = may_be_organisation(firm.text) and 1 < len(firm.text.split()) <= _FIRM_WORDS
    if is_surely_organisation(firm.text) or (is_short and not names_in(firm.text, state.known)):
        state.programme.intro = [one for one in state.programme.intro if one is not line]
        draft = TalkParts(None, organisation=firm, certainty=0.7, place=line.piece.block)
        take_links(draft, line)
        taken = {link.address for link in line.links}
        state.programme.loose = [one for one in state.programme.loose if one[1].address not in taken]
        add(state, draft)


def _headed_alike(state: ProgrammeState, item: Item, titles: dict[int, str]) -> None:
    """Take a heading that is a topic above prose, as those beside it; links called as they are stay apart."""
    assert item.head is not None
    others = frozenset(title for block, title in titles.items() if block != item.head.piece.block)
    draft = headed_talk(item, state.known, others)
    add(state, draft)
    taken = {link.address for link in (*draft.decks, *draft.films, *draft.reports)}
    loose = [(line, link) for line in item.body for link in line.links if link.address not in taken]
    state.programme.loose += loose


def _headed(state: ProgrammeState, item: Item, parent: Item | None) -> Item | None:
    """Take a heading with what stands below it: a talk, or several that it stands above."""
    if _lists_files_of_talks(state, item):
        state.programme.loose += [(line, link) for line in item.body for link in line.links]
        return None
    if stands_above_talks(item, state.known):
        _body_alone(state, item)
        return None
    draft = draft_of(item, state.known)
    is_child = parent is not None and item.level > parent.level
    if draft is None and is_child and parent is not None:
        draft = _of_parent(item, parent, state.known)
    draft = draft or told_below(item, state.known)
    if draft is not None and _is_biography(state, item, draft):
        return parent
    if draft is not None:
        add(state, draft)
        return parent if is_child else item
    if item.is_cancelled or item.is_pause:
        return None
    _body_alone(state, item, is_text=bool(item.body))
    return parent if is_child else item


def _is_biography(state: ProgrammeState, item: Item, draft: TalkParts) -> bool:
    """Return whether a heading is somebody who spoke before, and what stands below tells who that is."""
    is_name = item.title is not None and is_speaker(item.title.text)
    is_bare = is_name and not (draft.decks or draft.films)
    return is_bare and {one.value for one in draft.people} <= state.programme.last_speakers()


def _lists_files_of_talks(state: ProgrammeState, item: Item) -> bool:
    """Return whether there are but files of the talks before below a heading, whatever it is called."""
    if len(item.body) < _SEVERAL or not all(line.is_link for line in item.body):
        return False
    told = state.programme.last_speakers()
    if len(told) < _SEVERAL:
        return False
    kinds = {kind_on(line, link) for line in item.body for link in line.links}
    named = {
        one.text for line in item.body for one in names_in(line.text, state.known) if one.certainty >= KNOWN
    }
    return kinds <= {LinkTarget.DECK, LinkTarget.PAPER, LinkTarget.FILM, LinkTarget.REPORT} and named <= told


def _of_parent(item: Item, parent: Item, known: frozenset[str]) -> TalkParts | None:
    """Return the talk of a heading that is a speaker's name below the heading that is its topic."""
    assert item.title is not None
    people = people_in(item.title, known)
    if not people or parent.title is None or parent.is_cancelled:
        return None
    below = Item(parent.head, parent.title, item.section, parent.level, item.time, item.slot, body=item.body)
    draft = draft_of(below, known) or TalkParts(parent.title, slot=item.slot)
    draft.people = people + [one for one in draft.people if one.value not in {each.value for each in people}]
    draft.place = item.title.block
    return draft


def _body_alone(state: ProgrammeState, item: Item, *, is_text: bool = False) -> None:
    for line in item.body:
        if is_text and not line.links and not told_talks(line.piece, state.known):
            keep(state, line)
            continue
        take_line(state, Item(line, line.piece, item.section, slot=item.slot))


def _is_file_of_talk(state: ProgrammeState, item: Item) -> bool:
    """Return whether a row of a list of files is about a talk that was told before."""
    is_file = (
        item.is_row and item.section is PartKind.DOCUMENTS and item.head is not None and item.head.is_link
    )
    return is_file and item.head is not None and is_of_talk(state, item.head)


def _goes_on(state: ProgrammeState, item: Item, draft: TalkParts) -> bool:
    """Take a row whose topic spans it and the row before: who else spoke; return whether it is one."""
    last, topic = state.last, draft.topic
    if last is None or last.topic is None or topic is None or not item.is_row or state.is_between:
        return False
    is_near = 0 < topic.block - last.topic.block <= _CELLS_APART
    if (
        topic.text != last.topic.text
        or len(topic.text.split()) < _SEVERAL  # "pdf", "Hämta"
        or not is_near
        or {one.value for one in draft.people} & {one.value for one in last.people}
    ):
        return False
    last.people += draft.people
    last.decks += [link for link in draft.decks if link not in last.decks]
    last.films += [link for link in draft.films if link not in last.films]
    return True


def _scheduled(state: ProgrammeState, item: Item) -> None:
    if item.is_row and item.head is not None and FACT.fullmatch(item.head.text.strip(" :") + ":"):
        state.programme.facts += [item.head, *item.body]
        return
    state.has_begun = state.has_begun or bool(item.time)  # a table of facts is no programme
    told = timed_talk(item, state.known)
    if told is not None:
        add(state, told)
        return
    if _is_file_of_talk(state, item):
        state.programme.loose += [
            (line, link) for line in (item.head, *item.body) if line for link in line.links
        ]
        return
    draft = draft_of(item, state.known) or told_below(item, state.known)
    if draft is not None and not _goes_on(state, item, draft):
        add(state, draft)
    if draft is not None:
        return
    for line in (item.head, *item.body):
        if line is not None:
            state.programme.loose += [(line, link) for link in line.links]
    if not item.is_pause:
        state.last = None
