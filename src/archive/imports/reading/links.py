"""What a link leads to: a deck, a film, a report, a list of participants, a page."""

import re
from enum import Enum
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from archive.imports.reading.linked.file_words import (
    ALL_DECKS,
    DECK_WORDS,
    FILM_WORDS,
    PAPER_WORDS,
    READ_IT,
    READING_LABEL,
    REPORT_NOUN,
    REPORT_THE,
    REPORT_WORDS,
    SURE_PAPER,
)
from archive.imports.reading.naming.names import names_in
from archive.imports.reading.pieces import Line, Link, Piece, squeezed
from archive.imports.reading.words import READING


class LinkTarget(Enum):
    """What is behind a link."""

    DECK = "deck"
    FILM = "film"
    REPORT = "report"
    PAPER = "paper"
    PAGE = "page"
    NONE = "none"


_DECK_FILE = re.compile(r"\.(?:pptx?|ppsx?|pptm|odp|key|pdf)$", re.IGNORECASE)
_DECK_ONLY = re.compile(r"\.(?:pptx?|ppsx?|pptm|odp|key)$", re.IGNORECASE)
_CONTEXT_CHARS, _LINKS_MAX = 200, 20
_OTHER_FILE = re.compile(r"\.(?:docx?|xlsx?|csv|zip|ics|jpe?g|png|gif|webp|txt|rtf|mp3)$", re.IGNORECASE)
_FILM_FILE = re.compile(r"\.(?:mp4|mov|wmv|avi|webm|m4v|mkv)$", re.IGNORECASE)
_FILM_HOST = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.|youtu\.be|vimeo\.|screen9|quickchannel|kaltura|bambuser"
    r"|svtplay|urplay|mediasite|dreambroker|play\.|film\.|video\.|webbtv|vimeopro)",
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"^\W*(?:(?:se|ladda (?:ner|hem)|hämta|öppna|visa|läs|titta på|till|här är|här finns|download"
    r"|view|watch|see|open)\s)?"
    r"(?:(?:hela|the|talarens|hennes|hans|deras|dagens)\s)?"
    r"(?:ppt[- ]?(?:bilder(?:na)?|presentation(?:en)?|fil)?|pptx|pdf|powerpoint(?:en)?|bilder(?:na)?"
    r"|bildspel(?:et)?|presentation(?:en|er|erna|smaterial|sbilder)?|slides?|film(?:en|er)?|"
    r"video(?:n)?|föredraget(?: som film)?|föreläsningen|inspelning(?:en)?(?: i efterhand)?|recording"
    r"|oh-?(?:bilder|underlag|blad)|bildunderlag|åhörarkopior(?:na)?|här|here|ljud(?:fil)?|audio|länk"
    r"|download|ladda (?:ner|hem)|webbsändningen|att (?:läsa|ladda (?:ner|hem)|hämta)|deck|the talk|talk"
    r"|film|i efterhand|spela(?: upp)?|play|lyssna)"
    r"(?:\s?(?:(?:här|here|som (?:pdf|film)|i efterhand|på youtube|på vimeo|\(.{1,40}\)))){0,2}\W*$",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"\s*[(\[](?:[^()\[\]]{0,40}\b)?(?:pdf|pptx?|power ?point|nytt fönster|öppnas i nytt fönster|new"
    r" window|play|youtube|vimeo|extern länk|länk till annan webbplats|\d+(?:[.,]\d+)?\s?[kmKM][bB]"
    r"|film|mp4|word|keynote)[^()\[\]]{0,60}[)\]]"
    r"|[,.\s–-]+(?:pdf|pptx?|ppsx|power ?point|word)(?:[,\s]+\d+(?:[.,]\d+)?\s?[kmKM][bB])?\.?\s*$"
    r"|\s*[,–-]\s*\d+(?:[.,]\d+)?\s?[kmKM][bB]\s*$"
    r"|\s*,?\s*(?:öppnas i nytt fönster|länk till annan webbplats)\.?",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^\s*(?:(?:ladda (?:ner|hem)|hämta|se|öppna|visa|download|läs)\s+)?(?:presentation(?:en|sbilder"
    r"|smaterial)?|bilder(?:na)?|bildspel(?:et)?|ppt|pptx|powerpoint|slides|pdf|film(?:en)?|video"
    r"|inspelning|rapport(?:en)?|föredrag(?:et)?|report|åhörarkopior)"
    r"(?:(?:\s+(?:av|från|med|by|from))?\s*[:–—-]\s+|\s+(?=(?-i:[A-ZÅÄÖ][\w-]+\s[A-ZÅÄÖ][\w-]+,)))",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"^\S+\.(?:pptx?|ppsx?|pdf|odp|key|mp4|docx?|xlsx?)$", re.IGNORECASE)
_ENDS_WITH_DECK = re.compile(
    r"\w\s?[–—,:-]\s(?:presentation(?:en)?|bilder(?:na)?|bildspel(?:et)?|slides|ppt)\W*(?:\([^()]*\)\W*)?$",
    re.IGNORECASE,
)
_TOLD_REPORT = re.compile(
    r"\b(?:i|läs|ladda ner|hämta|hela|ny|den)\b.{0,80}\b(?:slut)?(?:rapport(?!er[ae])|studie|utredning|skrift"
    r"|report)\w*|\b(?:\w*rapport(?:en)?|\w*studien?|utredning(?:en)?|skrift(?:en)?)\b[^.!?]{0,80}"
    r"\b(?:kan|finns|går)\b[^.!?]{0,30}\b(?:laddas|läsas|hämtas|läsa|hämta|beställas)\b",
    re.IGNORECASE,
)
_REPORT_BEFORE = re.compile(
    rf"\b(?:{REPORT_THE}|(?-i:[A-ZÅÄÖ])[\w-]+s\s(?:ny[ae]?\s)?(?:\w*rapport|publikation"
    rf"|skrift(?:serie\snr\s\d+)?"
    r"|\w*studie|handbok|vägledning|broschyr|faktablad|\w*strategi|\w+plan)"
    r"|\w+(?:rnas|ens|ets|ns)\s(?:ny[ae]?\s)?(?:\w*rapport|skrift|\w*studie|handbok|vägledning|broschyr"
    r"|\w*strategi))\W*$"
    r"|(?:^|[.!?]\s+)(?:\w*rapporten|\w*studien|skriften|boken|utredningen|handboken"
    r"|vägledningen)\s[”\"“»«].{3,150}"
    r"\b(?:finns|kan|går|läses|hämtas|laddas)\b[^.]{0,50}$",
    re.IGNORECASE,
)
_REPORT_BEHIND = re.compile(
    r"[”\"\s,.(–-]{0,4}(?:SOU\s\d|som\s[^.]{3,60}?\s(?:gav|har gett|gett|ger)\sut\b|utgiven\b|utgavs\b)"
    r"|[”\"\s,.(–-]{0,4}(?:[A-ZÅÄÖ][\w&-]*\s?-?){0,4}\b(?:rapport|report|skrift)\b[^.]{0,20}\d"
    rf"|\W{{1,4}}(?:en\s)?(?:ny\s)?{REPORT_NOUN}\s(?:från|av|from|by)\s",
    re.IGNORECASE,
)


def label_of(link: Link) -> Piece:
    """Return the words of a link without what only says what file it is."""
    text = link.label
    head = _HEAD.match(text.text)
    if head:
        text = text.part(head.end())
    tail = TAIL.search(text.text)
    while tail and tail.start() > 0:
        text = text.part(0, tail.start())
        tail = TAIL.search(text.text)
    return text.stripped()


def is_file_name(text: str) -> bool:
    """Return whether the words of a link are but the name of its file."""
    return _FILE_NAME.match(text.strip()) is not None


def is_named_for_file(link: Link) -> bool:
    """Return whether the words of a link are but its file's name: "bilder_2.pdf", "avstand_WC"."""
    label = link.label.text.strip()
    stem = re.sub(r"\.\w{2,5}$", "", file_of(link.address))
    is_stem = re.search(r"[_\d-]", label) is not None and not re.search(r"\s", label) and label == stem
    is_stem = is_stem and not _FILM_FILE.search(file_of(link.address))
    return is_file_name(label) or is_stem


def is_generic(link: Link) -> bool:
    """Return whether the words of a link say nothing but what is behind it: "Se PPT bilder", "pdf", "här"."""
    text = squeezed(link.label.text)
    bare = squeezed(TAIL.sub("", text)) if len(text) < 120 else text
    return bool(GENERIC.match(text) or (len(bare) < 60 and GENERIC.match(bare)) or not bare)


def says_file(link: Link) -> bool:
    """Return whether the words of a link tell of a deck or a film: "Anna Eks presentation (pdf)"."""
    return bool(DECK_WORDS.search(link.label.text) or FILM_WORDS.search(link.label.text))


def file_of(address: str) -> str:
    """Return the name of the file that an address leads to, readable, "" for none."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    name = path.rstrip("/").rpartition("/")[2]
    try:
        return unquote(name, errors="strict")
    except UnicodeDecodeError:
        return unquote(name, "cp1252", "replace")


@lru_cache(maxsize=8192)
def kind_of(link: Link, context: str = "") -> LinkTarget:
    """Return what is behind a link; `context` is the text around it, or the heading above."""
    address, label = link.address, squeezed(link.label.text)
    name = file_of(address)
    if address.lower().startswith(("mailto:", "tel:", "javascript:")) or not address:
        return LinkTarget.NONE
    if _is_film(address, name, label):
        return LinkTarget.FILM
    is_whole = name.lower().endswith(".zip") and ALL_DECKS.search(f"{label} {context}") is not None
    is_file = bool(_DECK_FILE.search(name)) or "/download/" in address or is_whole
    if SURE_PAPER.search(label) or (_OTHER_FILE.search(name) and not is_whole):
        return LinkTarget.PAPER
    if is_file and _ENDS_WITH_DECK.search(label):
        return LinkTarget.DECK
    if is_file and _says_report(label) and not _DECK_ONLY.search(name):
        return LinkTarget.REPORT
    if is_file and (is_generic(link) or is_file_name(label)) and _TOLD_REPORT.search(context):
        is_deck = re.search(r"ppt|bilder|presentation", label, re.IGNORECASE)
        return LinkTarget.DECK if is_deck else LinkTarget.REPORT
    if is_file and PAPER_WORDS.search(label) and not ALL_DECKS.search(label) and not _DECK_ONLY.search(name):
        return LinkTarget.PAPER
    if re.match(r"\W*rapport\b|.*\(rapport\)", label, re.IGNORECASE):
        return LinkTarget.REPORT
    if is_file:
        return LinkTarget.REPORT if link.is_elsewhere and _is_title(link) else LinkTarget.DECK
    return (
        LinkTarget.DECK
        if re.match(r"\W*(?:se )?(?:ppt|presentation|bilder|bildspel|slides)\b", label, re.IGNORECASE)
        and "#" not in address
        and not name.endswith((".html", ".htm"))
        and is_generic(link)
        else LinkTarget.PAGE
    )


def _says_report(label: str) -> bool:
    """Return whether the words of a link call it a publication: "Läs Värmlands kompetensstrategi"."""
    is_named = REPORT_WORDS.search(label) or (
        READ_IT.match(label) and not DECK_WORDS.search(TAIL.sub("", label))
    )
    return bool(is_named) and _HEAD.match(label) is None


def _is_title(link: Link) -> bool:
    """Return whether the words of a link are a title: no file, no person's name."""
    label = label_of(link).text
    return not (is_generic(link) or says_file(link) or is_file_name(label) or names_in(label))


def _is_film(address: str, name: str, label: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    if _FILM_FILE.search(name):
        return True
    if _DECK_FILE.search(name):
        return False
    if _FILM_HOST.search(host):
        return True
    return (
        bool(FILM_WORDS.search(label))
        and (FILM_WORDS.match(label) or not DECK_WORDS.search(label))
        and not name.endswith((".htm",))
    )


def _without_others(line: Line, link: Link) -> str:
    """Return the text of a line without the words of its other links."""
    text = line.text
    for other in line.links if len(line.links) < _LINKS_MAX else ():
        at = other.label.start - line.piece.start
        if other is not link and at >= 0:
            text = text[:at] + " " * len(other.label.text) + text[at + len(other.label.text) :]
    return text


def kind_on(line: Line, link: Link) -> LinkTarget:
    """Return what is behind a link on a line, by its words, the line's and the heading above."""
    before = max(link.label.start - line.piece.start - _CONTEXT_CHARS, 0)
    kind = kind_of(link, _without_others(line, link)[before : before + 2 * _CONTEXT_CHARS])
    label = squeezed(link.label.text)
    told = line.text[before : link.label.start - line.piece.start]
    if kind is LinkTarget.DECK and _REPORT_BEFORE.search(told) and not DECK_WORDS.search(label):
        return LinkTarget.REPORT
    behind = line.text[link.label.start - line.piece.start + len(link.label.text) :]
    is_report = _REPORT_BEHIND.match(behind) or READING_LABEL.match(told)
    if kind is LinkTarget.DECK and is_report and not _DECK_ONLY.search(file_of(link.address)):
        return LinkTarget.REPORT
    if kind is LinkTarget.DECK and READING.match(line.under) and not _DECK_ONLY.search(file_of(link.address)):
        bare = TAIL.sub("", label)  # "Energiplan 2030 (pdf)" is no deck
        return LinkTarget.DECK if DECK_WORDS.search(bare) and not is_generic(link) else LinkTarget.REPORT
    return kind
