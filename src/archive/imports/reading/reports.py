"""Publications that a page links to, with their titles and who published them."""

import re

from archive.imports.reading.linked.file_words import REPORT_THE
from archive.imports.reading.links import is_file_name, is_generic, label_of
from archive.imports.reading.naming.organisations import is_surely_organisation, may_be_organisation
from archive.imports.reading.pieces import Line, Link, Piece, field_of
from archive.model.seminar_pages.seminar_page import ReadField, ReadReport

_LABEL = re.compile(
    r"^\W*(?:(?:läs|ladda (?:ner|hem)|hämta|se|read)\s+)?(?:hela\s+)?(?:(?:slut)?rapport(?:en)?"
    r"|studie(?:n)?|report|publikation|skrift(?:en)?)\s*[:–—-]\s*",
    re.IGNORECASE,
)
_READ = re.compile(
    rf"^\W*(?:(?:läs|beställ|ladda (?:ner|ned|hem)|hämta|se|öppna|read|download|get)\s(?:gärna\s)?"
    rf"(?:(?:hela|vår|vårt|den|the)\s)?(?:ny[ae]?\s)?(?:{REPORT_THE}\s)?|{REPORT_THE}\s)(?=(?-i:[A-ZÅÄÖ])"
    rf"|[”\"“»«])",
    re.IGNORECASE,
)  # "Hämta rapporten Elektrifierade åkerier", "Läs Värmlands kompetensstrategi"
_BY_AT_END = re.compile(r",?\s(?:från|av|utgiven av|from|by)\s((?-i:[A-ZÅÄÖ])[^,.;:()]{1,80})$")
_ABOUT = re.compile(
    r"\b(?:läs|se|read)\s+(?:gärna\s+)?(?:mer|more)\s+(?:om|about)\s+(.{3,120}?)\s+i\s+(?:en\s+"
    r"|den\s+|vår\s+)?(?:ny\s+|nya\s+)?(?:rapport(?:en)?|studie(?:n)?|skrift(?:en)?)",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:rapport(?:en)?|studie(?:n)?|skrift(?:en)?|report"
    r"|utredning(?:en)?)(?:\s(?:nr\s)?\d[\d:/-]*)?(?:\s+(?-i:[A-ZÅÄÖ])[^.,;:”\"]{3,100}?)?(?:\s+[”\"“»«][^”\"“»«]{3,150}[”\"“»«],?)?\s+(?:från|av|by"
    r"|from)\s+((?-i:[A-ZÅÄÖ])[^,.;:()]{1,80}?)(?:\s+(?:här|here|finns|kan|som)\b|[,.;:()]|$)",
    re.IGNORECASE,
)
_CAN_BE = re.compile(r"\s(?:kan|finns|går|hittar du|läser du|laddar du)\b[^.]{0,50}$")
_SERIES = re.compile(r"\s*,\s*([A-ZÅÄÖ][\w&]{1,20})[- ]?(?:rapport|report)\s+\d[\d:/-]*\s*$")
_YEAR = re.compile(
    r"\s*,?\s*(?:(?:rapport|report|nr)\s)?(?:(?:januari|februari|mars|april|maj|juni|juli|augusti"
    r"|september|oktober|november"
    r"|december)\s)?(?:19|20)\d\d(?::\d+)?\s*$",
    re.IGNORECASE,
)
_PARTS = re.compile(r",\s+|\s+[–—-]\s+|\s*\|\s*|(?<=\w\w)[.?!]\s+(?=[A-ZÅÄÖ])")
_QUOTED = re.compile(r"[”\"“»«]([^”\"“»«]{3,150})[”\"“»«]")
_KIND_BRACKET = re.compile(
    r"\s*\((?:rapport|report|studie|skrift)(?:\s[\d:./-]+)?\s?[,:]\s*([^()]{3,80})\)\s*$", re.IGNORECASE
)
_BRACKET = re.compile(r"^\s*\(([^()]{2,100})\)")
_LAST_BRACKET = re.compile(r"\s*\(([^()]{2,80})\)\s*$")
_TOLD_BY = re.compile(r"(?:från|av|from|by)\s([A-ZÅÄÖ][^,.;:()]{1,80})")
_KIND_BY = re.compile(
    r"\W*(?:en\s(?:ny\s)?)?(?:\w*rapport|\w*skrift|\w*studie|handbok|report|\w*strategi|\w*plan|vägledning"
    r"|broschyr"
    r"|publikation|\w*underlag|kunskapsöversikt|faktablad|bok|promemoria|kartläggning|guide)\s(?:från|av"
    r"|from|by)\s([A-ZÅÄÖ][^,.;:()]{1,80}?)(?=\s*[,.;:()]|$)"
)
_OWNER = re.compile(
    r"(?!Läs\s|Se\s|Hämta\s"
    r"|Ladda\s)([A-ZÅÄÖ][\w&-]*(?:\s[A-ZÅÄÖ][\w&-]*)*[a-zåäö])s\s(?:ny[ae]?\s)?(?:\w*rapport|\w*studie"
    r"|\w*skrift|\w*handbok|publikation|vägledning|broschyr|\w*strategi|\w+plan)\b"
    r"|\b((?:länsstyrels|region|kommun|myndighet|högskol|universitet)\w*(?:orna|erna|en|na))s\s(?:ny[ae]?\s)?"
    r"(?:\w*rapport|\w*studie|\w*skrift|handbok|vägledning)\b"
)
_OPENS = ' \t\n:”"“»'
_NUMBERED = re.compile(
    r"([A-ZÅÄÖ][\w&-]*(?:\s[A-ZÅÄÖ][\w&-]*){0,3}?)[\s-](?:rapport|report|skrift)\s(?:nr\s)?\d"
)
_ISSUED = re.compile(r"\bsom\s([A-ZÅÄÖ][^.,;:()]{1,80}?)\s(?:gav|har\sgett|har\sgivit|gett|ger)\sut\b")
_CALLED = re.compile(
    r"\b(?:rapporten|studien|skriften|boken|utredningen"
    r"|handboken)\s([A-ZÅÄÖ][^.,;:”\"]{3,100}?)\s(?=(?:från|av|utgiven)\s)"
)
_SUFFIX = re.compile(
    r"\s*\((?:rapport|report|pdf|studie|skrift)(?:\s(?:nr\s)?\d[\d:/-]*)?\)\s*$|\s*,\s(?:slut)?(?:rapport"
    r"|report|studie)(?:\s(?:nr\s)?\d[\d:/-]*)?\s*$",
    re.IGNORECASE,
)


def report_of(line: Line, link: Link) -> ReadReport:
    """Return the publication behind a link."""
    label = label_of(link)
    title, publisher, certainty = label, None, 0.92
    if is_generic(link) or is_file_name(label.text):
        title, certainty = _told_title(line, link), 0.75
    else:
        title, publisher = _parts(label)
    publisher = publisher or _behind(line, link) or _owner_before(line, link) or _told_publisher(line)
    address: ReadField[str | None] = ReadField(link.address, 1.0, (link.label.passage,))
    return ReadReport(field_of([title], certainty, capital=True), _field(publisher), address)


def _field(piece: Piece | None) -> ReadField[str | None]:
    return field_of([piece], 0.9, capital=True) if piece is not None else ReadField(None)


def _told_title(line: Line, link: Link) -> Piece:
    """Return the title of a publication that a sentence tells of: "Läs mer om X i rapport från Y här"."""
    quoted = _QUOTED.search(line.text)
    if quoted:
        return line.piece.part(quoted.start(1), quoted.end(1))
    match = _ABOUT.search(line.text) or _CALLED.search(line.text)
    if match:
        return line.piece.part(match.start(1), match.end(1))
    before = line.piece.part(0, link.label.start - line.piece.start).stripped(" \t\n,;:|–—-.")
    told = _CAN_BE.search(before.text)
    before = before.part(0, told.start()) if told else before
    label = _LABEL.match(before.text)
    return before.part(label.end()) if label else before


def _parts(label: Piece) -> tuple[Piece, Piece | None]:
    """Return title and publisher in the words of a link: "Rapport: Title, Publisher 2019"."""
    head = _LABEL.match(label.text) or _READ.match(label.text)
    piece = label.part(head.end()) if head else label
    by = _BY_AT_END.search(piece.text) if head and head.re is _READ else None
    if by and may_be_organisation(by[1]):
        return _bare(piece.part(0, by.start())), _undated(piece.part(by.start(1), by.end(1)))
    bracket = _KIND_BRACKET.search(piece.text)
    if bracket:
        return _bare(piece.part(0, bracket.start())), _undated(piece.part(bracket.start(1), bracket.end(1)))
    behind = _LAST_BRACKET.search(piece.text)
    if behind and may_be_organisation(_undated(piece.part(behind.start(1), behind.end(1))).text):
        return _bare(piece.part(0, behind.start())), _undated(piece.part(behind.start(1), behind.end(1)))
    suffix = _SUFFIX.search(piece.text)
    piece = piece.part(0, suffix.start()) if suffix else piece
    series = _SERIES.search(piece.text)
    if series:
        return _bare(piece.part(0, series.start())), piece.part(series.start(1), series.end(1))
    told = _FROM.search(piece.text)
    if told and piece.text[: told.start()].rstrip().endswith((",", ".")):
        return _bare(piece.part(0, told.start())), _undated(piece.part(told.start(1), told.end(1)))
    undated = _undated(piece)
    for match in reversed(list(_PARTS.finditer(undated.text))):
        rest = undated.part(match.end())
        is_sentence = match.group().startswith(".")
        if is_surely_organisation(rest.text) or (not is_sentence and may_be_organisation(rest.text)):
            return _bare(undated.part(0, match.start() + match.group().startswith(("?", "!")))), rest
    return _bare(piece), None


def _undated(piece: Piece) -> Piece:
    year = _YEAR.search(piece.text)
    return piece.part(0, year.start()) if year else piece


def _bare(piece: Piece) -> Piece:
    stripped = piece.stripped(" \t\n,;|–—-")
    stripped = stripped.part(0, -1) if re.search(r"\w{3}\.$", stripped.text) else stripped
    return (
        stripped.part(1, len(stripped.text) - 1)
        if re.fullmatch(r"[”\"“»«][^”\"“»«]+[”\"“»«]", stripped.text)
        else stripped
    )


def _behind(line: Line, link: Link) -> Piece | None:
    """Return who published it, behind the link: "(Bergslagens Handelskammare, september 2018)"."""
    end = link.label.start + len(link.label.text) - line.piece.start
    match = _BRACKET.match(line.text[end:])
    inside = (
        line.piece.part(end + match.start(1), end + match.end(1))
        if match
        else line.piece.part(end).stripped(" \t\n,;|–—-.")
    )
    bare = _undated(inside)
    kind = re.match(r"(?:rapport|report|studie|skrift),\s+", inside.text, re.IGNORECASE)
    if kind:
        inside = inside.part(kind.end())
        bare = _undated(inside)
    numbered = _NUMBERED.match(inside.text)
    if numbered:
        return inside.part(numbered.start(1), numbered.end(1))
    owner = _OWNER.match(inside.text)
    if owner:
        return inside.part(*owner.span(owner.lastindex or 0))
    told = _TOLD_BY.match(bare.text) or _KIND_BY.match(inside.text)
    bare = inside if told and told.re is _KIND_BY else bare
    bare = bare.part(told.start(1), told.end(1)) if told else bare
    return bare if may_be_organisation(bare.text) else None


def _owner_before(line: Line, link: Link) -> Piece | None:
    """Return who published it, right before the link: "Skogsverkets rapport <Bete i skog>"."""
    before = line.piece.part(0, max(link.label.start - line.piece.start, 0))
    owners = [one for one in _OWNER.finditer(before.text) if not before.text[one.end() :].strip(_OPENS)]
    return before.part(*owners[0].span(owners[0].lastindex or 0)) if owners else None


def _told_publisher(line: Line) -> Piece | None:
    match = _ISSUED.search(line.text) or _FROM.search(line.text)
    return _undated(line.piece.part(match.start(1), match.end(1))) if match else None
