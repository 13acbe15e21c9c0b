"""The same page written otherwise: tags, classes, signs and names exchanged, its truth along with it.

What a page tells does not depend on what its classes are called, nor on which names its people have. A reader
that knows pages by their words loses what is exchanged here; one that reads how a page is laid out keeps it.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote

from lxml import etree
from lxml import html as lxml_html

Truth = dict[str, Any]
Variant = Callable[[str, Truth], tuple[str, Truth] | None]

_HEADINGS = ("h2", "h3", "h4", "h5")
_GIVEN = (
    "Quorra Ysil Tavik Brenja Oddvik Zelka Wirja Fjalm Uvenna Hjorvik Pelvi Ramunt Syvanne Tjelmo Vargis Ylvonne"
    " Xanvi Jorunk Keldra Molvin Nyrike Ostrel Pirjolt Qvella Ruvik Snefa Trulva Urmik Veldis Wenzil"
).split()
_FAMILY = (
    "Abrovka Bjelkut Cavrini Dzumala Ekrotti Fjuzak Gravonne Hutzka Ilvador Jakrusz Kvolnek Ludzimar Mbarove"
    " Ndrekaj Ofkema Pruzzi Qashvili Rotundu Szklara Tvardo Ujvari Vrolijk Wyzaka Xhepa Yrjola Zubrik Ankutse"
).split()
_FIRMS = (
    "Lumvex Orbita Tjarnvika Kvasto Nollpunkten Ferrando Hvilan Rondell Solvarg Brukstid Vexla Mirakel Ostanvind"
    " Klaver Tunnland Grindvakt Kompani Sexton"
).split()


def _main(root: Any) -> Any:
    for tag in ("main", "article"):
        found = list(root.iter(tag))
        if found:
            return found[0]
    return root.find("body") if root.find("body") is not None else root


def _around(element: Any) -> bool:
    names = ("nav", "footer", "header", "aside", "form", "head", "noscript", "script")
    return any(one.tag in names for one in (element, *element.iterancestors()))


def _edited(change: Callable[[Any], bool]) -> Variant:
    """Return the variant of a change of the tree, which says whether it has changed anything."""

    def variant(text: str, truth: Truth) -> tuple[str, Truth] | None:
        root = lxml_html.document_fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
        if not change(_main(root)):
            return None
        return etree.tostring(root, encoding="unicode", method="html"), truth

    return variant


def _renamed_classes(main: Any) -> bool:
    named: dict[str, str] = {}
    for element in main.iterdescendants():
        if isinstance(element.tag, str) and element.get("class") and not _around(element):
            names = [named.setdefault(name, f"c{len(named) + 1}") for name in element.get("class").split()]
            element.set("class", " ".join(names))
    return bool(named)


def _lowest(main: Any) -> list[Any]:
    """Return the headings of the level that most have below the page's own, where several are alike."""
    by_tag = {tag: [one for one in main.iter(tag) if not _around(one)] for tag in _HEADINGS}
    best = max(by_tag.values(), key=len)
    return best if len(best) > 2 else []


def _headings_bold(main: Any) -> bool:
    found = _lowest(main)
    for one in found:
        one.tag = "p"
        one.attrib.clear()
        strong = one.makeelement("strong")
        strong.text, one.text = one.text, None
        for child in list(one):
            strong.append(child)
        one.append(strong)
    return bool(found)


def _headings_by_class(main: Any) -> bool:
    found = _lowest(main)
    for one in found:
        one.tag = "div"
        one.attrib.clear()
        one.set("class", "x7")
    return bool(found)


def _headings_lower(main: Any) -> bool:
    lower = {"h2": "h3", "h3": "h4", "h4": "h5"}
    found = [one for one in main.iter(*lower) if not _around(one)]
    for one in found:
        one.tag = lower[one.tag]
    return bool(found)


def _retagged(tag: str, other: str) -> Callable[[Any], bool]:
    def change(main: Any) -> bool:
        found = [one for one in main.iter(tag) if not _around(one)]
        for one in found:
            one.tag = other
        return bool(found)

    return change


def _lists_apart(main: Any) -> bool:
    found = [one for one in main.iter("ul", "ol") if not _around(one)]
    for one in found:
        one.tag = "div"
        for item in one.iterchildren("li"):
            item.tag = "div"
    return bool(found)


def _paragraphs_listed(main: Any) -> bool:
    """Make three or more short paragraphs, one behind the other, a list."""
    changed = False
    for parent in [main, *main.iterdescendants()]:
        if not isinstance(parent.tag, str) or _around(parent):
            continue
        for run in list(_runs(parent)):
            listing = parent.makeelement("ul")
            run[0].addprevious(listing)
            for one in run:
                one.tag = "li"
                listing.append(one)
            changed = True
    return changed


def _runs(parent: Any) -> Iterator[list[Any]]:
    run: list[Any] = []
    for child in [*parent, None]:
        text = "" if child is None or not isinstance(child.tag, str) else child.text_content().strip()
        if child is not None and child.tag == "p" and 20 < len(text) < 160 and not (child.tail or "").strip():
            run.append(child)
            continue
        if len(run) > 2:
            yield run
        run = []


def _tables_listed(main: Any) -> bool:
    """Make rows of two columns a definition list, of more columns a `div` each with one a cell."""
    found = [one for one in main.iter("table") if not one.xpath(".//table") and not _around(one)]
    found = [one for one in found if not one.xpath(".//*[@rowspan or @colspan]")]
    changed = False
    for table in found:
        rows = [list(row.iterchildren("td", "th")) for row in table.iter("tr")]
        if not rows or len({len(row) for row in rows}) != 1 or len(rows[0]) != 2 or table.xpath(".//th"):
            continue
        listing = table.makeelement("dl")
        for term, told in rows:
            term.tag, told.tag = "dt", "dd"
            listing.append(term)
            listing.append(told)
        table.addprevious(listing)
        table.getparent().remove(table)
        changed = True
    return changed


def _tables_in_divs(main: Any) -> bool:
    found = [one for one in main.iter("table") if not one.xpath(".//table") and not _around(one)]
    found = [one for one in found if not one.xpath(".//*[@rowspan or @colspan]")]
    for table in found:
        for each in table.iter("thead", "tbody", "tr", "td", "th"):
            if each.tag in ("td", "th"):
                each.tag = "div"
            elif each.tag == "tr":
                each.tag = "div"
        for each in list(table.iter("thead", "tbody", "colgroup")):
            each.tag = "div"
        table.tag = "div"
    return bool(found)


def _wrapped(main: Any) -> bool:
    """Put each paragraph and heading into two `div`s of its own, as page builders do."""
    found = [one for one in main.iter("p", "h2", "h3", "h4", "ul", "table") if not _around(one)]
    found = [one for one in found if one.getparent().tag not in ("li", "td", "th", "dd", "dt", "summary", "a")]
    for one in found:
        inner = one.makeelement("div", {"class": "w1"})
        outer = one.makeelement("div", {"class": "w2"})
        one.addprevious(outer)
        outer.tail, one.tail = one.tail, None
        outer.append(inner)
        inner.append(one)
    return bool(found)


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
    """Exchange words in the page and in its truth, in addresses too."""
    pattern = re.compile(
        r"(?<![^\W_])(" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?![^\W_]{2})"
        r"(?!(?!s\b)[^\W_])"
    )
    ascii_words = {_plain(one): _plain(other) for one, other in words.items() if len(one) > 2}
    in_address = re.compile(
        r"(?<![a-z])(" + "|".join(map(re.escape, sorted(ascii_words, key=len, reverse=True))) + r")(?![a-z])"
    )

    def address(match: re.Match[str]) -> str:
        return in_address.sub(lambda one: ascii_words[one[1]], _plain(unquote(match.group())))

    def other(part: str) -> str:
        found = pattern.sub(lambda one: words[one[1]], part)
        return found

    del address
    pieces = re.split(r"((?:href|src)\s*=\s*(?:\"[^\"]*\"|'[^']*'))", text)
    page = "".join(one if at % 2 else other(one) for at, one in enumerate(pieces))
    return page, _in_truth(truth, other)


def _plain(text: str) -> str:
    return text.lower().translate(str.maketrans("åäöéü", "aaoeu"))


def _in_truth(value: Any, other: Callable[[str], str]) -> Any:
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
    chosen = random.Random(7)
    given, family = _GIVEN[:], _FAMILY[:]
    chosen.shuffle(given)
    chosen.shuffle(family)
    words: dict[str, str] = {}
    lowered = re.sub(r"<[^>]*>", " ", text)
    for at, name in enumerate(names):
        first, *_, last = name.split() if len(name.split()) > 1 else (name, name)
        if first == last:
            continue
        between = name.split()[1:-1]
        new_first = given[at % len(given)] if parts in ("given", "both") else first
        new_last = family[at % len(family)] if parts in ("family", "both") else last
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
        one: f"{_FIRMS[at % len(_FIRMS)]} {_FIRMS[(3 * at + 5) % len(_FIRMS)]}" if " " in one else _FIRMS[at % len(_FIRMS)]
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


VARIANTS: dict[str, Variant] = {
    "classes renamed": _edited(_renamed_classes),
    "headings in bold": _edited(_headings_bold),
    "headings by class": _edited(_headings_by_class),
    "headings a level lower": _edited(_headings_lower),
    "paragraphs as div": _edited(_retagged("p", "div")),
    "lists as div": _edited(_lists_apart),
    "paragraphs as list": _edited(_paragraphs_listed),
    "tables as dl": _edited(_tables_listed),
    "tables as div": _edited(_tables_in_divs),
    "wrapped in div": _edited(_wrapped),
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


def copied(truth: Truth) -> Truth:
    """Return a truth that may be changed."""
    copy: Truth = json.loads(json.dumps(truth))
    return copy
