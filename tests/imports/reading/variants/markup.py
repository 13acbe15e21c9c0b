"""The same page in other mark-up: tags and classes exchanged. Its truth stays as it is."""

from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

Truth = dict[str, Any]
Variant = Callable[[str, Truth], tuple[str, Truth] | None]

_HEADINGS = ("h2", "h3", "h4", "h5")


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
    """Make tables of two columns definition lists."""
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
    """Make rows and cells of tables `div`s without a class."""
    found = [one for one in main.iter("table") if not one.xpath(".//table") and not _around(one)]
    found = [one for one in found if not one.xpath(".//*[@rowspan or @colspan]")]
    for table in found:
        for each in list(table.iter("thead", "tbody", "colgroup", "tr", "td", "th")):
            each.tag = "div"
        table.tag = "div"
    return bool(found)


def _wrapped(main: Any) -> bool:
    """Put each paragraph and heading into two `div`s of its own, as page builders do."""
    found = [one for one in main.iter("p", "h2", "h3", "h4", "ul", "table") if not _around(one)]
    found = [
        one for one in found if one.getparent().tag not in ("li", "td", "th", "dd", "dt", "summary", "a")
    ]
    for one in found:
        inner = one.makeelement("div", {"class": "w1"})
        outer = one.makeelement("div", {"class": "w2"})
        one.addprevious(outer)
        outer.tail, one.tail = one.tail, None
        outer.append(inner)
        inner.append(one)
    return bool(found)


MARKUP: dict[str, Variant] = {
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
}
