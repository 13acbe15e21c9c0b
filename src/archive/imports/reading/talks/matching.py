"""Links that stand apart from the talks they belong to: told by speaker, topic, organisation or file name."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from archive.imports.reading.links import LinkTarget, file_of, is_generic, kind_on, label_of
from archive.imports.reading.pieces import Line, Link
from archive.imports.reading.talks.drafts import TalkParts
from archive.imports.reading.words import NUMBER, PANEL
from archive.review.folding import folded, joined

_WORD = re.compile(r"[^\W\d_]{2,}|\b[^\W\d_]\d\b")
_GENITIVE = re.compile(r"(?<=[a-zåäöé]{2})s\b")
_YEAR_BEHIND = re.compile(r"\b(?:19|20)\d\d\W*$")
_COMMON_TEXT = """
och att som for med den det ett till fran hur vad var vem pa av om en ar i de the and of for in to on with
presentation presentationer bilder bild film ppt pdf pptx powerpoint slides se talare foredrag region
regionen lan kommun universitet hogskola hogskolan dag del seminarium konferens program spar final slutlig
version kopia copy talk
"""
_COMMON = frozenset(_COMMON_TEXT.split())
_ENDINGS = (
    *("ernas", "arnas", "ornas", "erna", "arna", "orna", "ens", "ets", "en", "et", "er", "ar", "or"),
    *("s", "n", "a", "e"),
)
_LEAST = 2.0
_LITTLE = 0.9
_SEVERAL = 2
_TOPIC_CHARS = 12
_KEY_CHARS = 5  # words that begin with as many letters may be alike
_TALKS_A_WORD = 60


@dataclass(frozen=True, slots=True)
class _Profile:
    """The words by which files are known to be a talk's: stems of names, topic, organisations."""

    number: int
    talk: TalkParts
    people: tuple[tuple[str, str, frozenset[str]], ...]
    commentators: tuple[frozenset[str], ...]
    topic: frozenset[str]
    organisations: frozenset[str]
    roles: frozenset[str]

    def words(self) -> frozenset[str]:
        """Return all of the words."""
        families = (*(family for _, _, family in self.people), *self.commentators)
        given = {word for _, given, _ in self.people for word in (given, _stem(given))}
        return frozenset().union(self.topic, self.organisations, self.roles, given, *families)


def _profile(number: int, talk: TalkParts) -> _Profile:
    people = []
    for person in talk.people:
        name = folded(person.value)
        given = name.replace("-", " ").split()[0]
        people.append((person.value, given, _family(person.value)))
    named = [person.organisation.text for person in talk.people if person.organisation is not None]
    named += [talk.organisation.text] if talk.organisation is not None else []
    return _Profile(
        number,
        talk,
        tuple(people),
        tuple(_family(comment.value) for comment in talk.commentators),
        _stems(talk.topic.text if talk.topic else ""),
        _stems(" ".join([*named, *map(_acronym, named)])),
        _stems(" ".join(person.role.text for person in talk.people if person.role is not None)),
    )


def _acronym(name: str) -> str:
    """Return the first letters of an organisation's words: "LTU" of "Luleå tekniska universitet"."""
    letters = "".join(word[0] for word in name.split() if word[0].isalpha() and len(word) > 2)
    return letters if len(letters) > 2 else ""


def _family(name: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _split(folded(name).split()[-1]))


class _Talks:
    """The talks of an event, found by the words that files may be called by."""

    def __init__(self, talks: Sequence[TalkParts]) -> None:
        self._profiles = [_profile(number, talk) for number, talk in enumerate(talks)]
        self._families: dict[str, set[str]] = defaultdict(set)
        self._given: dict[str, set[str]] = defaultdict(set)
        self._by_word: dict[str, list[_Profile]] = defaultdict(list)
        for one in self._profiles:
            for value, given, family in one.people:
                self._given[given].add(value)
                for word in family:
                    self._families[word].add(value)
            for key in {word[:_KEY_CHARS] for word in one.words()}:
                self._by_word[key].append(one)
        self._topics = Counter(word for one in self._profiles for word in one.topic)
        self._organisations = Counter(word for one in self._profiles for word in one.organisations)

    def scores(self, line: Line, link: Link) -> list[tuple[float, int]]:
        """Return how well a link's words and its file's fit talks, the best first; others fit not at all."""
        if file_of(link.address).lower().endswith(".zip"):
            return []  # all decks in one
        label = "" if is_generic(link) else label_of(link).text
        if len(line.links) == 1:
            label = f"{label} {line.text}"
        name = re.sub(r"\.\w{2,5}$", "", file_of(link.address))
        said = _stems(label) | _stems(_GENITIVE.sub("", label))
        every = said | _stems(re.sub(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])", " ", name))
        is_dated = _YEAR_BEHIND.search(link.label.text) is not None
        found = [
            (max(self._of_words(one, said), 0.9 * self._of_words(one, every)), one.number)
            for one in self._candidates(every)
            if not (is_dated and one.talk.decks)  # a deck of another year, of a talk that has its own
        ]
        return sorted(found, key=lambda one: (one[0], self._own_rank(one[1])), reverse=True)

    def _own_rank(self, number: int) -> tuple[bool, bool, int, int]:
        """Return what decides between talks that a file fits alike: somebody's own comes before a panel."""
        talk = self._profiles[number].talk
        is_panel = talk.topic is not None and PANEL.match(talk.topic.text) is not None
        return not is_panel, not talk.is_minor, -len(talk.people), -number

    def _candidates(self, words: frozenset[str]) -> list[_Profile]:
        found: dict[int, _Profile] = {}
        for word in words:
            named = self._by_word.get(word[:_KEY_CHARS], [])
            # A word that very many talks share tells none of them, and comparing all would take long.
            found |= {one.number: one for one in named} if len(named) <= _TALKS_A_WORD else {}
        return list(found.values())

    def _of_words(self, one: _Profile, words: frozenset[str]) -> float:
        if not words:
            return 0.0
        score = 0.0
        own = {value for value, _, _ in one.people}
        for value, given, family in one.people:
            shared = family & words
            if shared and not any(self._families[word] - own for word in shared):
                score += 3.0 if given in words or _stem(given) in words else 2.5
            elif not shared and self._given[given] == {value} and (given in words or _stem(given) in words):
                score += 2.1  # "Ulrikas bilder"
        score += sum(2.2 for family in one.commentators if family & words)
        topic = {word for word in one.topic if any(_alike(word, other) for other in words)}
        if one.topic:
            weight = sum(1.0 if self._topics[word] < 2 else 0.4 for word in topic)
            score += 1.5 * weight * min(1.0, 0.4 + len(topic) / len(one.topic))
        score += 0.95 * any(
            _alike(word, other) for word in one.roles for other in words if len(word) > _KEY_CHARS
        )
        named = one.organisations & words
        is_own = any(self._organisations[word] < 2 for word in named)
        return score + (2.0 if is_own else 0.3 * len(named))


def match_links(talks: Sequence[TalkParts], loose: Sequence[tuple[Line, Link]]) -> list[tuple[Line, Link]]:
    """Give decks and films to the talks that they belong to; return the links that belong to none."""
    loose = _without_named_for_topics(talks, loose)
    kinds = [kind_on(line, link) for line, link in loose]
    known = _Talks(talks)
    scores = [
        known.scores(line, link) if kind in (LinkTarget.DECK, LinkTarget.FILM) else []
        for (line, link), kind in zip(loose, kinds, strict=True)
    ]
    taken = {at: found[0][1] for at, found in enumerate(scores) if found and found[0][0] >= _LEAST}
    open_talks = {number for number, talk in enumerate(talks) if not talk.decks and not talk.is_minor}
    open_talks -= set(taken.values())
    for at, found in enumerate(scores):
        if (
            at not in taken
            and kinds[at] is LinkTarget.DECK
            and (number := _of_the_rest(found, open_talks)) is not None
        ):
            taken[at] = number
    for at, number in taken.items():
        is_film = kinds[at] is LinkTarget.FILM
        (talks[number].films if is_film else talks[number].decks).append(loose[at][1])
    return [one for at, one in enumerate(loose) if at not in taken]


def match_in_order(talks: Sequence[TalkParts], line: Line) -> list[tuple[Line, Link]]:
    """Give the decks of one line to the talks told before it, in order if no word tells; return the rest."""
    left = match_links(talks, [(line, link) for link in line.links])
    decks = [one for one in left if kind_on(*one) is LinkTarget.DECK]
    without = [talk for talk in talks if not talk.decks]
    if len(decks) < _SEVERAL or len(decks) != len(without):
        return left
    for talk, (_, link) in zip(without, decks, strict=True):
        talk.decks.append(link)
    return [one for one in left if one not in decks]


def _without_named_for_topics(
    talks: Sequence[TalkParts], loose: Sequence[tuple[Line, Link]]
) -> list[tuple[Line, Link]]:
    """Give files called as a talk is to that talk, though they sound like reports: "Vägledning i Norden"."""
    named: dict[str, list[TalkParts]] = defaultdict(list)
    for talk in talks:
        named[joined(talk.topic.text) if talk.topic is not None else ""].append(talk)
    left: list[tuple[Line, Link]] = []
    for line, link in loose:
        label = joined(label_of(link).text)
        begun = [key for key in named if len(key) > _TOPIC_CHARS and label.startswith(key)]
        own = named.get(label, []) or [talk for key in begun[:1] for talk in named[key]] if label else []
        if (
            len(own) == 1
            and not own[0].decks
            and kind_on(line, link) in (LinkTarget.REPORT, LinkTarget.PAPER)
        ):
            own[0].decks.append(link)
        else:
            left.append((line, link))
    return left


def _of_the_rest(scores: Sequence[tuple[float, int]], open_talks: set[int]) -> int | None:
    """Return which talk without a deck a deck that is left fits a little, where no other one does."""
    found = [one for one in scores if one[1] in open_talks]
    is_clear = bool(found) and (len(found) < 2 or found[1][0] < found[0][0] / 2)
    return found[0][1] if is_clear and found[0][0] >= _LITTLE else None


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _split(folded(NUMBER.sub("", text))) if word not in _COMMON)


def _split(text: str) -> list[str]:
    return _WORD.findall(text.replace("_", " ").replace("-", " "))


def _stem(word: str) -> str:
    """Return a word without endings of inflection, so that "kompetensråden" is "kompetensrad"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _alike(word: str, other: str) -> bool:
    """Return whether two stems are one word, or begin alike ("pendlare", "pendlingskartor")."""
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) >= 5 and longer.startswith(shorter):
        return True
    return len(shorter) >= 6 and longer.startswith(shorter[:5])
