"""What a reader sees of a page or can open by a click, and what stands around it: menus, banners."""

import re
from itertools import pairwise
from typing import Any

_UNSEEN_TEXT = """
script style template noscript head audio video canvas object embed map svg select option input textarea
dialog nav footer datalist
"""
_UNSEEN = frozenset(_UNSEEN_TEXT.split())
_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "tablist"]
)
_AROUND_TEXT = """
cookie cookies kakor kaka consent gdpr breadcrumb breadcrumbs brodsmulor skiplink menu meny huvudmeny
sidomeny submenu navbar navigation mainmenu sidebar sidebars sidfot footer sidhuvud masthead widget widgets
widgetarea related relaterat relaterade share sharing dela social comment comments kommentar kommentarer
commentlist respond newsletter nyhetsbrev pagination pager searchform popup modal toolbar advert annons
entrymeta postmeta byline screenreadertext visuallyhidden sronly elementinvisible screenreader rightcolumn
leftcolumn hogerspalt vansterspalt pagemeta cookiebar cookienotice cookiebanner
"""
_AROUND = frozenset(_AROUND_TEXT.split())
_PAIRS_TEXT = """
skip-link screen-reader sr-only visually-hidden element-invisible entry-meta post-meta page-meta
right-column left-column search-form nav-menu site-footer page-footer cookie-notice widget-area site-header
page-header-top left-menu right-menu
"""
_PAIRS = frozenset(_PAIRS_TEXT.split())
_WORD = re.compile(r"[A-Z]?[a-zåäö]+|[A-Z]+(?![a-z])")
_OPENERS = frozenset(("button", "a", "p", "dt", "h1", "h2", "h3", "h4", "h5", "h6"))
_BUILDERS = frozenset(("elementor", "so", "sow", "siteorigin", "panel", "et", "fl", "vc", "wpb"))
_LAYOUT = frozenset(("has", "no", "with", "one", "two", "content", "layout"))
_HEADERS = frozenset(["site", "header", "sidhuvud", "masthead", "top", "banner", "page", "main", "global"])
_PAGE_HEADER = re.compile(r"(?:^|\s)(?:page|article|post|entry|content)-?_?header(?:\s|$)", re.IGNORECASE)
_OPENED = re.compile(r"tab|accordion|collaps|panel|toggle|dragspel|expand|fold|spoiler|faq", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_FACT_BOX = re.compile(
    r"\b(?:plats|datum|tid|när|var|lokal|arrangör(?:er)?|moderator|place|date|venue|organi[sz]er"
    r"|where|when)\s?:",
    re.IGNORECASE,
)
_OTHER_BOX = re.compile(
    r"^\W*(?:fler|tidigare|senaste|kommande|relatera|läs (?:mer|också|även)|mest|på gång|kalender"
    r"|aktuell|nyheter|more"
    r"|related|latest|previous|upcoming|recent|kontakt|dela|share|följ)",
    re.IGNORECASE,
)
_FILES_TITLE = re.compile(
    r"(?:dagens |talarnas )?(?:presentation|dokument|bilder|bildspel|ladda|material|åhörarkopior"
    r"|föreläsarnas|slides)"
    r"|(?:läs mer|mer information|läs vidare|läsvärt|lästips|fördjupning|further reading"
    r"|(?:relaterade |våra )?(?:rapport"
    r"|publikation|skrifter|handböcker)|reports|publications)",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:pdf|pptx?|ppsx?|odp)(?:$|\?)", re.IGNORECASE)
_BOX_CHARS = 600
_TARGETS = ("aria-controls", "data-target", "data-bs-target", "data-tab", "href")


def opened_by_click(root: Any) -> frozenset[str]:
    """Return the identifiers of the parts that a link or a button of the page shows."""
    found: set[str] = set()
    for element in root.iter("a", "button", "li", "h2", "h3", "h4", "div", "span"):
        for name in _TARGETS:
            target = element.get(name)
            if target and (name != "href" or target.startswith("#")):
                found.update(part.lstrip("#") for part in target.split()[:5])
    return frozenset(found - {""})


def is_left_out(element: Any, opened: frozenset[str]) -> bool:
    """Return whether an element is not part of what the page tells."""
    tag = element.tag
    if tag in ("html", "body", "main", "article"):
        return False
    if tag in _UNSEEN:
        return tag != "footer" or not _is_quotation(element)
    opens = any(element.get(name) for name in (*_TARGETS, "aria-expanded")) if tag == "button" else True
    if not opens and not _OPENED.search(element.get("class") or ""):
        return True
    return _is_hidden(element, opened) or _stands_around(element, tag)


def _is_quotation(footer: Any) -> bool:
    parent = footer.getparent()
    return parent is not None and parent.tag == "blockquote"


def _is_hidden(element: Any, opened: frozenset[str]) -> bool:
    hides = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    if not hides and not _HIDDEN.search(element.get("style") or ""):
        return False
    names = f"{element.get('class') or ''} {element.get('role') or ''}"
    return element.get("id") not in opened and not _OPENED.search(names) and not _follows_button(element)


def _follows_button(element: Any) -> bool:
    before = element.getprevious()
    if before is None or before.tag not in _OPENERS:
        return False
    return before.get("aria-expanded") is not None or next(before.iter("button"), None) is not None


def _stands_around(element: Any, tag: str) -> bool:
    role = (element.get("role") or "").lower()
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    is_named = _names_surroundings(names) if names != " " else False
    if tag == "aside" or role == "complementary" or element.get("id") == "aside":
        return not _is_fact_box(element)
    if tag == "header":
        return _is_site_header(element, names)
    if role in _ROLES or is_named:
        return not (_holds_page(element) or (not role and (_lists_files(element) or _titles_page(element))))
    return False


def _is_site_header(element: Any, names: str) -> bool:
    if next(element.iter("nav"), None) is not None or element.get("role") == "banner":
        return True
    if any(parent.tag in ("main", "article", "section") for parent in element.iterancestors()):
        return False
    return not _holds_page(element) or bool(re.search(r"masthead|site-header", names))


def _names_surroundings(names: str) -> bool:
    for name in names.split()[:30]:
        words = [word.lower() for word in _WORD.findall(name)]
        if words and words[0] in _BUILDERS:  # calls each part of the text a widget
            words = [word for word in words if not word.startswith("widget")]
        is_around = bool(_AROUND.intersection(words)) or "".join(words) in _AROUND
        # "entry-content has-sidebar" tells of the layout, not of the element itself
        if is_around and not _LAYOUT.intersection(words):
            return True
        if any("-".join(pair) in _PAIRS for pair in pairwise(words)):
            return True
        if words[-1:] == ["header"] and len(words) > 1 and words[0] in _HEADERS:
            return True
    return False


def _holds_page(element: Any) -> bool:
    """Return whether the page's own heading or text stands in an element, whatever its name."""
    return next(element.iter("h1", "main", "article"), None) is not None


def _titles_page(element: Any) -> bool:
    """Return whether a part called "page-header" holds the heading of the text: no menu, no form."""
    if not _PAGE_HEADER.search(element.get("class") or ""):
        return False
    return (
        next(element.iter("h2"), None) is not None and next(element.iter("nav", "ul", "form"), None) is None
    )


def _lists_files(element: Any) -> bool:
    """Return whether a box in the page's text lists decks, papers or reports under a heading that says so."""
    if not any(parent.tag in ("main", "article") for parent in element.iterancestors()):
        return False
    title = next(element.iter("h2", "h3", "h4"), None)
    is_list = title is not None and _FILES_TITLE.match(" ".join(title.text_content().split())) is not None
    return is_list and any(_FILE.search(link.get("href") or "") for link in element.iter("a"))


def _is_fact_box(element: Any) -> bool:
    """Return whether a box beside the text has facts of the event (where, when) and no other events."""
    text = " ".join(element.text_content()[: 4 * _BOX_CHARS].split())[:_BOX_CHARS]
    in_page = any(parent.tag in ("main", "article") for parent in element.iterancestors())
    return in_page and bool(_FACT_BOX.search(text)) and not _OTHER_BOX.search(text)
