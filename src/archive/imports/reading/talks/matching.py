"""Links that stand apart from the talks they belong to: told by speaker, topic, organisation or file name."""

import re
from collections.abc import Sequence

from archive.imports.reading.links import LinkKind, file_of, is_generic, kind_on, label_of
from archive.imports.reading.pieces import Line, Link
from archive.imports.reading.talks.drafts import Draft
from archive.imports.reading.words import NUMBER
from archive.review.folding import folded

_WORD = re.compile(r"[^\W\d_]{2,}|\b[^\W\d_]\d\b")
_YEAR_BEHIND = re.compile(r"\b(?:19|20)\d\d\W*$")
_COMMON_TEXT = """
och att som for med den det ett till fran hur vad var vem pa av om en ar i de the and of for in to on with
presentation presentationer bilder bild film ppt pdf pptx powerpoint slides se talare foredrag region
regionen lan kommun universitet hogskola hogskolan dag del seminarium konferens program spar final slutlig
version kopia copy talk
"""
_COMMON = frozenset(_COMMON_TEXT.split())
_LEAST = 2.0
_LITTLE = 0.9


def match_links(talks: Sequence[Draft], loose: Sequence[tuple[Line, Link]]) -> list[tuple[Line, Link]]:
    """Give decks and films to the talks that they belong to; return the links that belong to none."""
    left: list[tuple[Line, Link]] = []
    ranked = sorted(
        (
            (score, -at, -number)
            for at, (line, link) in enumerate(loose)
            if kind_on(line, link) in (LinkKind.DECK, LinkKind.FILM)
            for number, talk in enumerate(talks)
            if (score := _score(talk, talks, line, link)) >= _LEAST
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for score, at, number in ranked:
        taken.setdefault(-at, -number)
        del score
    taken |= _of_the_rest(talks, loose, taken)
    for at, (line, link) in enumerate(loose):
        if at not in taken:
            left.append((line, link))
            continue
        talk = talks[taken[at]]
        (talk.films if kind_on(line, link) is LinkKind.FILM else talk.decks).append(link)
    return left


def _of_the_rest(
    talks: Sequence[Draft], loose: Sequence[tuple[Line, Link]], taken: dict[int, int]
) -> dict[int, int]:
    """Return which talk without a deck fits a deck that is left a little, where no other one does."""
    open_talks = [
        number
        for number, talk in enumerate(talks)
        if not talk.decks and number not in taken.values() and not talk.is_minor
    ]
    found: dict[int, int] = {}
    for at, (line, link) in enumerate(loose):
        if at in taken or kind_on(line, link) is not LinkKind.DECK:
            continue
        scores = sorted(
            ((_score(talks[number], talks, line, link), number) for number in open_talks), reverse=True
        )
        if scores and scores[0][0] >= _LITTLE and (len(scores) < 2 or scores[1][0] < scores[0][0] / 2):
            found.setdefault(at, scores[0][1])
    return found


def _score(talk: Draft, talks: Sequence[Draft], line: Line, link: Link) -> float:
    """Return how well the words of a link and of its file fit a talk; 0 for not at all."""
    if talk.decks and _YEAR_BEHIND.search(link.label.text):
        return 0.0  # a deck of another year, of a talk that has its own
    label = "" if is_generic(link) else label_of(link).text
    if len(line.links) == 1:
        label = f"{label} {line.text}"
    name = re.sub(r"\.\w{2,5}$", "", file_of(link.address))
    said, file_words = _stems(label), _stems(re.sub(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])", " ", name))
    return max(_of_words(talk, talks, said), 0.9 * _of_words(talk, talks, said | file_words))


def _of_words(talk: Draft, talks: Sequence[Draft], words: frozenset[str]) -> float:
    if not words:
        return 0.0
    score = 0.0
    for person in talk.people:
        given, family = folded(person.value).replace("-", " ").split()[0], folded(person.value).split()[-1]
        family_words = {_stem(word) for word in _split(family)}
        if family_words & words and not _is_elsewhere(talk, talks, family_words & words):
            score += 3.0 if given in words or _stem(given) in words else 2.5
    for comment in talk.commentators:
        if {_stem(word) for word in _split(folded(comment.value).split()[-1])} & words:
            score += 2.2
    topic = _stems(talk.topic.text if talk.topic else "")
    shared = {word for word in topic if any(_alike(word, other) for other in words)}
    if topic:
        weight = sum(1.0 if not _is_common_here(word, talks) else 0.4 for word in shared)
        score += 1.5 * weight * min(1.0, 0.4 + len(shared) / len(topic))
    organisations = _stems(" ".join(_organisations(talk)))
    own = {word for word in organisations & words if not _is_elsewhere_organisation(word, talk, talks)}
    score += 2.0 if own else 0.3 * len(organisations & words)
    return score


def _organisations(talk: Draft) -> list[str]:
    named = [person.organisation.text for person in talk.people if person.organisation is not None]
    return named + ([talk.organisation.text] if talk.organisation is not None else [])


def _is_elsewhere(talk: Draft, talks: Sequence[Draft], words: set[str]) -> bool:
    """Return whether another talk's speakers have the same family name."""
    own = {person.value for person in talk.people}
    return any(
        {_stem(word) for word in _split(folded(person.value).split()[-1])} & words
        for other in talks
        if other is not talk
        for person in other.people
        if person.value not in own
    )


def _is_elsewhere_organisation(word: str, talk: Draft, talks: Sequence[Draft]) -> bool:
    return any(word in _stems(" ".join(_organisations(other))) for other in talks if other is not talk)


def _is_common_here(word: str, talks: Sequence[Draft]) -> bool:
    return sum(word in _stems(one.topic.text if one.topic else "") for one in talks) > 1


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _split(folded(NUMBER.sub("", text))) if word not in _COMMON)


def _split(text: str) -> list[str]:
    return _WORD.findall(text.replace("_", " ").replace("-", " "))


def _stem(word: str) -> str:
    """Return a word without endings of inflection, so that "kompetensråden" is "kompetensrad"."""
    for ending in (
        "ernas",
        "arnas",
        "ornas",
        "erna",
        "arna",
        "orna",
        "ens",
        "ets",
        "en",
        "et",
        "er",
        "ar",
        "or",
        "s",
        "n",
        "a",
        "e",
    ):
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
