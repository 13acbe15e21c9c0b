"""One line of a programme or a list: what is its topic, who is named, what stands beside."""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.imports.reading.naming.before_names import before_name
from archive.imports.reading.naming.firms_of_lines import group_of, of_firm_before, of_firm_behind
from archive.imports.reading.naming.names import LIKELY, Name, names_in
from archive.imports.reading.naming.organisations import is_surely_organisation, may_be_organisation
from archive.imports.reading.naming.people import PersonOnPage, with_attributes
from archive.imports.reading.pieces import Piece, sentences
from archive.imports.reading.talks.separated import by_separators, cut_ending
from archive.imports.reading.talks.topics import TOPIC_EDGES, LineContent, topic_piece
from archive.imports.reading.words import MINOR, PAUSE

_COMMENT = re.compile(
    r"^\s*(?:kommentar(?:er)?|reflektion(?:er)?|comments?|diskutant(?:er)?|opponent)\s?(?:av|:|by|från)?\s*",
    re.IGNORECASE,
)
_LAST_BRACKET = re.compile(r"([^()]{3,200})\(([^()]{4,160})\)\W*$")
_ABOUT = re.compile(r"\W*(?:om|kring|about|on)\s+(?=\S)", re.IGNORECASE)
_TITLE_CHARS = 12
_JOINTS = re.compile(r"(?:[\s,;&/]|\boch\b|\bsamt\b)*")


def entry_of(
    piece: Piece,
    emphases: Sequence[tuple[int, int]] = (),
    known: frozenset[str] = frozenset(),
    *,
    has_topic: bool = False,
) -> LineContent:
    """Return what a line of a programme says.

    Args:
        piece: the line, without its time, its number and the words of its links.
        emphases: the letters in it that are emphasised.
        known: names of people, written together and folded.
        has_topic: the topic is known already (a heading), so the line is about its speakers.
    """
    piece, comment = _without_comment(piece)
    commentators = tuple(_people(comment, known)) if comment else ()
    strong = [
        piece.part(max(start, 0), end) for start, end in emphases if max(start, 0) < min(end, len(piece.text))
    ]
    entry = _by_emphasis(piece, strong, known, has_topic) or _by_names(piece, known, has_topic)
    return LineContent(
        entry.topic, entry.people, commentators, entry.organisation, entry.more, entry.certainty
    )


def _without_comment(piece: Piece) -> tuple[Piece, Piece | None]:
    """Part a line from a last sentence that names who comments on the talk."""
    found = sentences(piece)
    if len(found) > 1 and (match := _COMMENT.match(found[-1].text)) and match.group().strip():
        last = found[-1]
        return piece.part(0, last.start - piece.start), last.part(match.end())
    return piece, None


def _people(piece: Piece, known: frozenset[str]) -> list[PersonOnPage]:
    return with_attributes(piece, names_in(piece.text, known))


def _by_emphasis(
    piece: Piece, strong: list[Piece], known: frozenset[str], has_topic: bool
) -> LineContent | None:
    """Read a line by what is emphasised in it: the topic, or the names."""
    inside = [
        each for each in strong if len(each.text) < 0.95 * len(piece.text.strip()) and each.text.strip()
    ]
    if not inside or has_topic:
        return None
    named = [each for each in inside if _is_name(each, known)]
    first = inside[0]
    behind = _emphasised_behind(piece, inside, known)
    if named or behind is not None:
        return behind or _named_and_titled(piece, inside, named, known)
    if len(first.text.split()) < 2 and not re.search(r"\w{5}", first.text):
        return None
    before, after = (
        piece.part(0, first.start - piece.start),
        piece.part(first.start + len(first.text) - piece.start),
    )
    topic = topic_piece(first)
    rest = _by_names(after, known, has_topic=True)
    if not rest.people and before.text.strip():
        rest = _by_names(before, known, has_topic=True)
    firm = rest.organisation or _firm_behind(after, rest)
    return LineContent(topic, rest.people, (), firm, rest.more)


def _firm_behind(after: Piece, found: LineContent) -> Piece | None:
    """Return the organisation that stands alone behind an emphasised topic: "**Ung?** Ungdomsbarometern"."""
    firm = after.stripped(TOPIC_EDGES)
    is_alone = not found.people and re.match(r"[\s,–—-]*[A-ZÅÄÖ]", after.text) is not None
    is_pause = PAUSE.match(firm.text) is not None or MINOR.match(firm.text) is not None
    is_firm = is_alone and not is_pause and len(firm.text) > 2 and may_be_organisation(firm.text)
    return firm if is_firm else None


def _emphasised_behind(piece: Piece, inside: list[Piece], known: frozenset[str]) -> LineContent | None:
    """Read a line with who speaks emphasised behind the topic: "Så mäter vi. *Ida Ek, SCB*"."""
    first, last = inside[0], inside[-1]
    group = piece.part(first.start - piece.start, last.start + len(last.text) - piece.start)
    lead = piece.part(0, first.start - piece.start).stripped(" \t\n,;|–—-")
    ends = first.start + len(group.text) >= piece.start + len(piece.text.rstrip(" \t\n.)"))
    is_topic = lead.text.endswith((".", "?", "!", "”", '"', ":")) or len(lead.text.split()) > 2
    joints = group.text
    for each in inside:
        joints = joints.replace(each.text, "")
    if not (ends and is_topic and _JOINTS.fullmatch(joints)) or names_in(lead.text, known):
        return None
    names = names_in(group.text, known)
    if names and names[0].title_start < _TITLE_CHARS and names[0].certainty >= LIKELY:
        return LineContent(topic_piece(lead), tuple(_people(group, known)))
    firm = group.stripped(TOPIC_EDGES)
    is_firm = is_surely_organisation(firm.text)
    return LineContent(topic_piece(lead), organisation=firm, certainty=0.85) if is_firm else None


def _named_and_titled(
    piece: Piece, inside: list[Piece], named: list[Piece], known: frozenset[str]
) -> LineContent | None:
    """Read a line with both the names and, behind them, the topic emphasised."""
    topics = [each for each in inside if each not in named and len(each.text.split()) > 1]
    if len(topics) != 1 or topics[0].start < named[-1].start:
        return None
    lead = piece.part(0, topics[0].start - piece.start).stripped(" \t\n,;:|–—-")
    people = tuple(_people(lead, known))
    return LineContent(topic_piece(topics[0]), people) if people else None


def _by_bracket(piece: Piece, known: frozenset[str]) -> LineContent | None:
    """Read a line whose speakers stand in brackets at its end: "Knivar (Per Ek & Alva By, Smedjan)"."""
    match = _LAST_BRACKET.match(piece.text)
    if match is None or names_in(match[1], known):
        return None
    people = _people(piece.part(match.start(2), match.end(2)), known)
    if not people or people[0].name.start - piece.start - match.start(2) > _TITLE_CHARS:
        return None
    return LineContent(topic_piece(piece.part(match.start(1), match.end(1))), tuple(people))


def _is_name(piece: Piece, known: frozenset[str]) -> bool:
    found = names_in(piece.text, known)
    return bool(found) and sum(name.end - name.start for name in found) > 0.5 * len(piece.text)


def _by_names(piece: Piece, known: frozenset[str], has_topic: bool) -> LineContent:
    names: Sequence[Name] = names_in(piece.text, known)
    if not has_topic:
        sure = [name for name in names if name.certainty >= LIKELY]
        names = sure or [name for name in names if _is_placed(piece, name)]
    if not names:
        return _without_names(piece, has_topic)
    if has_topic:
        return _speakers_only(piece, names)
    separated = by_separators(piece, names)
    if separated is not None and separated.topic is not None and separated.people:
        is_last = separated.people[0].name.start > separated.topic.start
        people = of_firm_behind(separated.people) if is_last else separated.people
        separated = replace(separated, people=tuple(people))
    return _by_bracket(piece, known) or separated or _topic_beside(piece, names)


def _is_placed(piece: Piece, name: Name) -> bool:
    """Return whether a doubtful name stands where speakers do: at an end of the line, between separators."""
    before, after = piece.text[: name.title_start].rstrip(), piece.text[name.end :].lstrip()
    begins = not before or before[-1] in "–—-|_/:,?!.)\t"
    ends = not after or after[0] in "–—-|_/(,\t"
    return begins and ends and bool(before or after)


def _without_names(piece: Piece, has_topic: bool) -> LineContent:
    """Read a line that names nobody, perhaps an organisation at its end."""
    text = piece.stripped(" \t\n,;|–—-_/•·")
    if has_topic:
        organisation = text.stripped(TOPIC_EDGES)
        return LineContent(organisation=organisation if is_surely_organisation(organisation.text) else None)
    bracket = re.search(r"\s*\(([^()]{2,60})\)\s*$", text.text)
    if bracket and (firm := _firm_in(text.part(bracket.start(1), bracket.end(1)))) is not None:
        return LineContent(topic_piece(text.part(0, bracket.start())), organisation=firm, certainty=0.8)
    lead = re.match(r"([^:]{2,60}):\s+(?=[A-ZÅÄÖ”\"])", text.text)
    if lead and (firm := _firm_in(text.part(0, lead.end(1)))) is not None:
        return LineContent(topic_piece(text.part(lead.end())), organisation=firm, certainty=0.8)
    for match in reversed(list(re.finditer(r",\s+|\s+[–—-]\s+|\s*\|\s*|\t|(?<=[?!.”])\s+", text.text))):
        firm = _firm_in(text.part(match.end()))
        if firm is not None:
            topic = text.part(0, match.start() + (match.group()[0] in "?!"))
            return LineContent(topic_piece(topic), organisation=firm.stripped(TOPIC_EDGES), certainty=0.8)
    return LineContent(topic_piece(text), certainty=0.8)


def _firm_in(text: Piece) -> Piece | None:
    """Return the organisation that a part of a line is, or that unnamed people are from."""
    group = group_of(text)
    firm = group[1] if group is not None else text
    return firm if is_surely_organisation(firm.text) else None


def _speakers_only(piece: Piece, names: Sequence[Name]) -> LineContent:
    """Read a line below a topic: the first sentence names speakers, others say more."""
    found = sentences(piece)
    speaking = [
        one
        for one in found
        if any(one.start <= piece.start + name.start < one.start + len(one.text) for name in names)
    ]
    people: list[PersonOnPage] = []
    more = [one for one in found if one not in speaking and re.search(r"\w", one.text)]
    for one in speaking:
        bare = one.stripped(" \t\n.")
        people += of_firm_behind(of_firm_before(bare, with_attributes(bare, names_in(bare.text))))
    organisation = None
    return LineContent(None, tuple(people), (), organisation, tuple(more))


def _topic_beside(piece: Piece, names: Sequence[Name]) -> LineContent:
    """Read a line without separators: the topic stands before the names, or behind them."""
    people = with_attributes(piece, names)
    first = names[0].title_start
    lead = piece.part(0, first)
    before = before_name(lead)
    if before.role is not None or before.organisation is not None:
        begun = before.organisation or before.role
        assert begun is not None
        lead = lead.part(0, begun.start - lead.start)
    topic = topic_piece(cut_ending(lead.stripped(" \t\n,;|–—-_/•·(")))
    if re.search(r"\w", topic.text):
        return LineContent(topic, tuple(people))
    rest = people[-1].attributes.rest
    if rest is not None and len(rest.text) > 2:
        about = _ABOUT.match(rest.text)
        return LineContent(topic_piece(rest.part(about.end() if about else 0)), tuple(people), certainty=0.85)
    return LineContent(None, tuple(people))
