"""The same page with other names, and what people are in another order; its truth along with it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.imports.reading.variants.markup import Truth, Variant

_GIVEN_TEXT = """
Quorra Ysil Tavik Brenja Oddvik Zelka Wirja Fjalm Uvenna Hjorvik Pelvi Ramunt Syvanne Tjelmo Vargis
Ylvonne Xanvi Jorunk Keldra Molvin Nyrike Ostrel Pirjolt Qvella Ruvik Snefa Trulva Urmik Veldis
Wenzil
"""
_GIVEN = _GIVEN_TEXT.split()
_FAMILY_TEXT = """
Abrovka Bjelkut Cavrini Dzumala Ekrotti Fjuzak Gravonne Hutzka Ilvador Jakrusz Kvolnek Ludzimar
Mbarove Ndrekaj Ofkema Pruzzi Qashvili Rotundu Szklara Tvardo Ujvari Vrolijk Wyzaka Xhepa Yrjola
Zubrik Ankutse
"""
_FAMILY = _FAMILY_TEXT.split()
_FIRMS_TEXT = """
Lumvex Orbita Tjarnvika Kvasto Nollpunkten Ferrando Hvilan Rondell Solvarg Brukstid Vexla Mirakel
Ostanvind Klaver Tunnland Grindvakt Kompani Sexton
"""
_FIRMS = _FIRMS_TEXT.split()


def _speakers(truth: Truth) -> Iterator[dict[str, Any]]:
    for event in truth["events"]:
        for talk in event["talks"]:
            yield from talk["speakers"]


def _values(value: Any) -> list[str]:
    if isinstance(value, dict):
        options = value.get("any", [*value.get("must", []), *value.get("may", [])])
        return [one for one in options if isinstance(one, str)]
    return [value] if isinstance(value, str) else []


def _exchange(text: str, truth: Truth, words: dict[str, str]) -> tuple[str, Truth]:
    """Exchange words in the page and in its truth; addresses stay, as files keep their names."""
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(
        rf"(?<![^\W_])({'|'.join(map(re.escape, longest_first))})(?![^\W_]{{2}})(?!(?!s\b)[^\W_])"
    )

    def other(part: str) -> str:
        return pattern.sub(lambda one: words[one[1]], part)

    pieces = re.split(r"((?:href|src)\s*=\s*(?:\"[^\"]*\"|'[^']*'))", text)
    page = "".join(one if at % 2 else other(one) for at, one in enumerate(pieces))
    return page, _in_truth(truth, other)


def _in_truth(value: Any, other: Callable[[str], str]) -> Any:
    """Return a part of a truth with its words exchanged."""
    if isinstance(value, str):
        return value if value.startswith(("http", "/")) else other(value)
    if isinstance(value, list):
        return [_in_truth(one, other) for one in value]
    if isinstance(value, dict):
        kept = ("address", "decks", "films", "content_type", "page")
        return {key: one if key in kept else _in_truth(one, other) for key, one in value.items()}
    return value


def _other_people(text: str, truth: Truth, parts: str) -> tuple[str, Truth] | None:
    names = sorted({name for one in _speakers(truth) for name in _values(one["name"])})
    words: dict[str, str] = {}
    lowered = re.sub(r"<[^>]*>", " ", text)
    for at, name in enumerate(names):
        first, *_, last = name.split() if len(name.split()) > 1 else (name, name)
        if first == last:
            continue
        between = name.split()[1:-1]
        new_first = _GIVEN[at % len(_GIVEN)] if parts in ("given", "both") else first
        new_last = _FAMILY[at % len(_FAMILY)] if parts in ("family", "both") else last
        words[name] = " ".join([new_first, *between, new_last])
        for one, new in ((first, new_first), (last, new_last)):
            if one != new and not re.search(rf"(?<!\w){re.escape(one.lower())}s?(?!\w)", lowered):
                words.setdefault(one, new)
    words = {one: other for one, other in words.items() if one != other}
    return _exchange(text, truth, words) if words else None


def _other_firms(text: str, truth: Truth) -> tuple[str, Truth] | None:
    firms = {one for each in _speakers(truth) for one in _values(each["organisation"])}
    organisers = {one for event in truth["events"] for one in _values(event["organiser"])}
    firms = {one for one in firms if one[:1].isupper() and not any(one in each for each in organisers)}
    regions = any(talk["regions"] for event in truth["events"] for talk in event["talks"])
    if not firms or regions:
        return None
    words = {
        one: " ".join(_FIRMS[(at + step) % len(_FIRMS)] for step in ((0, 5) if " " in one else (0,)))
        for at, one in enumerate(sorted(firms))
    }
    return _exchange(text, truth, words)


def _beside(form: str) -> Variant:
    """Return the variant in which role and organisation stand otherwise beside each name."""

    def variant(text: str, truth: Truth) -> tuple[str, Truth] | None:
        changed = 0
        for one in _speakers(truth):
            for name in _values(one["name"]):
                for role in _values(one["role"]):
                    for firm in _values(one["organisation"]):
                        old = f"{name}, {role}, {firm}"
                        new = form.format(name=name, role=role, firm=firm)
                        if old in text and not re.search(re.escape(old) + r"[\w-]", text):
                            text, changed = text.replace(old, new), changed + 1
        return (text, truth) if changed > 2 else None

    return variant


WORDING: dict[str, Variant] = {
    "unknown given names": lambda text, truth: _other_people(text, truth, "given"),
    "unknown surnames": lambda text, truth: _other_people(text, truth, "family"),
    "unknown names": lambda text, truth: _other_people(text, truth, "both"),
    "unknown organisations": _other_firms,
    "name (role, organisation)": _beside("{name} ({role}, {firm})"),
    "name – role, organisation": _beside("{name} – {role}, {firm}"),
    "name, organisation, role": _beside("{name}, {firm}, {role}"),
    "name | role | organisation": _beside("{name} | {role} | {firm}"),
    "name (organisation)": _beside("{role} {name} ({firm})"),
    "organisation, name, role": _beside("{firm}: {name}, {role}"),
}
