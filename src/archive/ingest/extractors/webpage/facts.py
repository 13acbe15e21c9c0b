"""What a page says of itself outside its text: title, base, site, day of publishing, events as data."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archive.analysis.normalize import normalize
from archive.ingest.extractors.webpage.records import HINTS_MAX, SITE_NAMES_MAX, PageFacts

_DAYS = (
    "article:published_time", "datepublished", "dcterms.created", "dcterms.issued", "dc.date",
    "dc.date.created", "date", "pubdate", "publish-date", "last-modified", "dcterms.modified",
    "article:modified_time",
)  # fmt: skip
_PUBLISHED = re.compile(
    r"\b(?:publicerad|publicerat|publicerades|published|postat|postades|upplagd|skapad|uppdaterad"
    r"|updated|nyhet|artikel|notis|pressmeddelande)\b"
    r"[^\d]{0,40}(\d{1,2}[\s.][^\W\d_]{3,9}\.?\s(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(r"\s+[|–—·•»«:-]\s+|\s*\|\s*")
_LOGO = re.compile(r"logo|site-?name|site-?title|brand|header", re.IGNORECASE)
_LOGO_WORDS = re.compile(
    r"\W*\b(?:logo(?:typ|type)?|startsida(?:n)?|till startsidan|hem|home|gå till|to the start"
    r" page)\b\W*|,.*$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:copyright\s{0,3}©?|©)\s{0,3}(?:(?:19|20)\d\d)?(?:\s?[-–]\s?(?:19|20)\d\d)?\s{0,3}([^\n|.,©]{3,80})",
    re.IGNORECASE,
)
_SITE_NAME = re.compile(r"site-?(?:title|name)")
_START = re.compile(r"(?:\.\./|\./|/)?(?:(?:index|default|start|hem)\.\w{3,5})?|https?://[^/?#]+/?")
_START_WORDS = re.compile(
    r"\W*(?:start|sök|meny|logga in|in english|english|till(?:baka|s startsidan)|åter|upp|back|up|top)\W*",
    re.IGNORECASE,
)
_ARTICLE_DAY = re.compile(r'"datePublished"\s*:\s*"((?:19|20)\d\d-\d\d-\d\d)')
_BYLINE = re.compile(
    r"by-?line|pub-?date|publi[sc]|posted|(?:post|news|article|entry)[-_]{0,2}(?:meta|date)", re.IGNORECASE
)
_BARE_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|\b\d{1,2}\s[^\W\d_]{3,9}\.?\s(?:19|20)\d\d")
_NAME_MAX_CHARS = 80
_JSON_MAX_CHARS = 200_000
_NODES_MAX = 5_000
_TEXT_MAX_CHARS = 400_000


def facts_of(root: Any, remarks: Sequence[str]) -> PageFacts:
    """Return what a parsed page says of itself; `remarks` are what its reading has noted."""
    title = _clean(root.xpath("string(//head/title)"))
    base = next((element.get("href") or "" for element in root.iter("base")), "").strip()
    return PageFacts(
        title=title,
        base=base,
        language=(root.get("lang") or "").strip(),
        published_on=_published(root),
        site_names=tuple(dict.fromkeys(_site_names(root, title)))[:SITE_NAMES_MAX],
        hints=tuple(_hints(root))[:HINTS_MAX],
        remarks=tuple(remarks),
    )


def _clean(text: str) -> str:
    return " ".join(normalize(text).split())


def _published(root: Any) -> str:
    """Return the day of publishing as the page writes it, the surest source first."""
    said: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        said.setdefault(name, (element.get("content") or "").strip())
    for name in _DAYS[:2]:
        if said.get(name):
            return said[name]
    for element in root.iter("time"):
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        if "publish" in names or "entry-date" in names:
            return (element.get("datetime") or element.text_content()).strip()
    if told := _of_article(root) or _of_byline(root):
        return told
    match = _PUBLISHED.search(" ".join(root.itertext())[:_TEXT_MAX_CHARS])
    named = next((said[name] for name in _DAYS if said.get(name)), "")
    return match[1] if match and not named else named


def _of_article(root: Any) -> str:
    """Return the day on which structured data says that an article was published, "" for none."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            match = _ARTICLE_DAY.search((script.text or "")[:_JSON_MAX_CHARS])
            if match:
                return match[1]
    return ""


def _of_byline(root: Any) -> str:
    """Return the day that stands alone, or before a name, in the line of who wrote a page; "" for none."""
    for element in root.iter("p", "div", "span", "time", "li"):
        if _BYLINE.search(element.get("class") or ""):
            match = _BARE_DAY.search(_clean(element.text_content()[:_NAME_MAX_CHARS]))
            if match:
                return match[0]
    return ""


def _site_names(root: Any, title: str) -> Iterator[str]:
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").lower()
        if name in ("og:site_name", "application-name"):
            yield _clean(element.get("content") or "")
    parts = [part for part in _TITLE_PARTS.split(title) if part.strip()]
    if len(parts) > 1:
        yield parts[-1].strip()
    yield from (name for name in _names_on_page(root) if 2 < len(name) < _NAME_MAX_CHARS)
    for element in root.iter("footer"):
        match = _COPYRIGHT.search(element.text_content()[:4_000])
        if match:
            yield _clean(match[1])
    yield from _start_link(root)


def _start_link(root: Any) -> Iterator[str]:
    """Yield the words of the link to the site's start, where the page begins with it."""
    for element in root.iter("a", "h1", "main", "article"):
        if element.tag != "a":
            return
        if _START.fullmatch(element.get("href") or "-"):
            name = _LOGO_WORDS.sub("", _clean(element.text_content()[:_TEXT_MAX_CHARS]))
            if 2 < len(name) < _NAME_MAX_CHARS and not _START_WORDS.fullmatch(name):
                yield name
                return


def _names_on_page(root: Any) -> Iterator[str]:
    """Yield the words of the site's sign and of what is named after it."""
    for picture in root.iter("img"):
        if _is_logo(picture):
            yield _LOGO_WORDS.sub("", _clean(picture.get("alt") or ""))
    for element in root.iter("a", "div", "h1", "p", "span"):
        if _SITE_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            yield _clean(element.text_content()[:_TEXT_MAX_CHARS])


def _is_logo(picture: Any) -> bool:
    """Return whether a picture with words is the sign of the site: named so, or the first on the page."""
    said = " ".join(picture.get(name) or "" for name in ("class", "src", "id"))
    is_first = next(picture.getroottree().getroot().iter("img"), None) is picture
    return bool(picture.get("alt")) and (bool(_LOGO.search(said)) or is_first)


def _hints(root: Any) -> Iterator[Mapping[str, str]]:
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            yield from _of_json((script.text or "")[:_JSON_MAX_CHARS])
    for element in root.iter():
        if isinstance(element.tag, str) and "Event" in (element.get("itemtype") or ""):
            yield _of_microdata(element)


def _of_json(text: str) -> Iterator[Mapping[str, str]]:
    try:
        waiting: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    for _ in range(_NODES_MAX):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node[:_NODES_MAX]
        elif isinstance(node, dict):
            if "Event" in str(node.get("@type", "")):
                yield _hint(node)
            waiting += list(node.values())[:_NODES_MAX]


def _hint(node: Mapping[str, Any]) -> dict[str, str]:
    return {
        "name": _named(node.get("name")),
        "starts_on": _named(node.get("startDate")),
        "ends_on": _named(node.get("endDate")),
        "place": _named(node.get("location")),
        "organiser": _named(node.get("organizer")),
    }


def _named(value: Any) -> str:
    """Return a text, or the name of a thing or of the first of several."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else ""
        if isinstance(value, dict):
            value = value.get("name", "")
    return _clean(value) if isinstance(value, str) else ""


def _of_microdata(element: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    names = {
        "name": "name",
        "startDate": "starts_on",
        "endDate": "ends_on",
        "location": "place",
        "organizer": "organiser",
    }
    for each in element.iter():
        name = names.get(each.get("itemprop") or "") if isinstance(each.tag, str) else None
        if name and name not in found:
            found[name] = _clean(each.get("content") or each.get("datetime") or each.text_content())
    return {name: found.get(name, "") for name in names.values()}
