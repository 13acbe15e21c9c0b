"""What a page says of an event as a whole: kind, days, place, occasion, organiser, text."""

import re
from collections.abc import Sequence

from archive.imports.reading.dates import FoundDate, dates_in
from archive.imports.reading.events.occasions import occasion_of
from archive.imports.reading.events.organisers import firm_alone, firms_in, host_in, labelled_last
from archive.imports.reading.events.places import behind_day, place_beside_day, place_in, place_in_short
from archive.imports.reading.links import LinkTarget, kind_on
from archive.imports.reading.naming.names import KNOWN, names_in
from archive.imports.reading.naming.verbs import FINITE
from archive.imports.reading.pieces import Line, Piece, sentences
from archive.imports.reading.words import (
    DOCUMENTS,
    FACT,
    LED_BY,
    MODERATOR,
    NOT_ABSTRACT,
    PROGRAMME,
    WHOLE_EVENT,
)
from archive.model.naming.dates import MONTH_NAMES

_PLACE_LABELS = ("plats", "lokal", "var", "place", "venue", "where", "location", "adress")
_ORGANISER = re.compile(r"arr|organi|host|värd", re.IGNORECASE)
_DATE_LABELS = frozenset(["datum", "när", "dag", "date", "when", "tid", "time"])
_LABELS = re.compile(
    r"\b(plats|lokal|place|venue|where|location|arr(?=[.:])\.?|arrangör(?:er)?|arrangerad? av"
    r"|organi[sz]ers?|datum|date|tid|time|moderator(?:er)?|fokusområde|kontakt|språk|målgrupp)\s?:\s*",
    re.IGNORECASE,
)
_ORGANISED = re.compile(
    r"\b(?:arrangerades|arrangerade?|arrangeras|anordnades|anordnas|hölls|hålls|ordnades|ordnas|organiserades"
    r"|organiseras|genomfördes|genomförs|organi[sz]ed|hosted)(?:\s(?!(?:av|och|som)\b)[\w–-]+){0,12}?\s(?:av"
    r"|by)\s(?:the\s)?([^.;\n(]{3,140})",
    re.IGNORECASE,
)
_HOSTS_ARE = re.compile(
    r"\b(?:(?:sam)?arrangemang\s(?:mellan|av)\s|(?:(?:med)?arrangör(?:er)?|värd(?:ar)?|organi[sz]ers?|hosts?)"
    r"(?:\sför\s\w{3,20})?\s(?:var|är|were|was|are|is)\s)([^.;\n(]{3,140})",
    re.IGNORECASE,
)
_HELD_BY = re.compile(
    r"\b(?:när|då|som|där)\s((?-i:[A-ZÅÄÖ])[^.,;:\n(]{3,60}?)"
    r"(?:\sför\s\w+\s(?:gången|året)|\såter(?:igen)?|\straditionsenligt)?\s(?:höll|håller|arrangerade"
    r"|anordnade|ordnade"
    r"|bjöd\sin)\b"
)
_STANDS_BEHIND = re.compile(r"\b[Bb]akom\s(?:[a-zåäö]+\s){1,3}(?:står|stod)\s([A-ZÅÄÖ][^.;\n(]{3,140})")
_NO_TEXT = re.compile(
    r"\b(?:ladda (?:ner|hem)|klicka|cookies?|kakor|anmäl(?:an|ning)|kontakta?|e-?post(?=a\b|adr|:|\still\b)"
    r"|telefon|tel\."
    r"|nästa (?:träff|seminarium|möte|konferens)|läs mer om .{0,80} (?:här|rapport)|nyhetsbrev"
    r"|(?:presentationer|bilder|föreläsningar)(?:na)? (?:finns|ligger|hittar|publiceras|läggs ut|delas)|"
    r"(?:kan|går att|finns att) (?:ses|se|höras|lyssna\w*)\b.{0,40}(?:efterhand|film|inspelning|youtube"
    r"|webben)|"
    r"(?:hela )?(?:seminariet|symposiet|konferensen|dagen|webbinariet) (?:spelades in|filmades"
    r"|finns (?:inspelat|på film))|"
    r"(?:hittar|finner) (?:du|ni)|finns (?:här )?nedan|nedan (?:finns|hittar|finner|kan|ser|följer)"
    r"|filmerna ligger"
    r"|(?:har vi|vi har) (?:samlat|lagt|publicerat)\b.{0,40}(?:bild|present|inspel|film|material|dokument"
    r"|underlag)\w*"
    r"|tillgänglighets(?:an)?passa\w*|(?:se|titta på) (?:hela )?(?:sändningen|inspelningen|filmen"
    r"|webbinariet|dagen)"
    r"|(?:hoppa|gå) (?:direkt )?till (?:det|den|de) (?:du|som|föreläsning|del)\w*|(?:i|se) (?:tabellen"
    r"|listan|programmet) nedan"
    r"|(?:allt |dagens |allt dagens )?material(?:et)?\s(?:får|finns|ligger|är)|länk till|du är här)\b|@",
    re.IGNORECASE,
)
_FACT_CHARS, _ASIDE_WORDS = 70, 6
_ONLY_HELD = re.compile(
    r"\W*(?:(?:konferensen|dagen|dagarna|seminariet|webbinariet|symposiet|mötet|evenemanget|träffen|temadagen"
    r"|workshoppen|kvällen|programmet)\s(?:arrangerades|arrangeras|anordnades|anordnas|ordnades|ordnas"
    r"|organiserades)\s(?:av|gemensamt\sav)\s|(?:med)?arrangör(?:er)?\s(?:var|är)\s)"
    r"(?:(?!\soch\s(?:är|var|ingår|ingick|lockade|samlade)\b|\ssom\s|\sinom\s|\sför\satt\s|\sden\s\d"
    r"|\si\s(?-i:[A-ZÅÄÖ])"
    r"|\spå\s)[^.;:]){3,160}\W*",
    re.IGNORECASE,
)
_TELLS = re.compile(
    rf"\s(?!(?:{MONTH_NAMES})\b)(?:{FINITE}|[a-zåäö]{{2,}}(?:ades|tes|des)\b|(?:är|var|blir|blev|har|hade|ska"
    r"|kan|ägde|hölls|finns|kommer|is|was|are|were)\b)"
)
_HOSTED = re.compile(
    r"\W*(?:[\w’',-]+\s){1,9}(?:var|är|agerade|verkade|fungerade)\s(?:(?:som|dagens|konferensens|seminariets"
    r"|kvällens|även)\s)*"
    r"(?:moderator\w*|konferencier\w*|samtalsledare|programledare|ordförande"
    r"|toastmaster)\b[^.!?]{0,60}[.!?]?\s*",
    re.IGNORECASE,
)  # "Ida Ek var moderator båda dagarna."
_LABEL_AHEAD = re.compile(r"(datum|tid|när|plats|lokal|var|arrangör(?:er)?)\s+(?=[A-ZÅÄÖ\d])", re.IGNORECASE)


class Facts:
    """Reads the lines before and around an event's talks."""

    def __init__(self, lines: Sequence[Line], title: str) -> None:
        self._lines = lines
        self._title = title
        self._labelled: dict[str, list[Piece]] = {}
        for line in lines:
            self._label(line)
        self._cells()

    def text(self) -> list[Piece]:
        """Return the lines that tell of the event: sentences, no facts and no remarks about files."""
        kept: list[Piece] = []
        for line in self._lines:
            if (
                line.table
                or line.is_heading
                or line.is_link
                or FACT.match(line.text)
                or self._is_facts(line.text)
            ):
                continue
            if NOT_ABSTRACT.match(line.text) or DOCUMENTS.match(line.text) or PROGRAMME.match(line.text):
                continue
            told = [
                one
                for one in sentences(line.piece)
                if not (_NO_TEXT.search(one.text) or _tells_of_opening(one.text) or _is_aside(one, line))
            ]
            if told and _is_sentence(line.text):
                kept += told
        while len(kept) > 1 and kept[-1].block != kept[-2].block and _ONLY_HELD.fullmatch(kept[-1].text):
            kept.pop()  # a last paragraph; within a text it goes on with what the event was
        return kept

    def _is_facts(self, text: str) -> bool:
        """Return whether a line has but a day and a place: "Onsdagen den 5 februari 2014. Lokal: Aulan"."""
        is_short = len(text) < _FACT_CHARS and not (text.rstrip().endswith(".") and _TELLS.search(text))
        return bool(dates_in(text)) and (is_short or _LABELS.search(text) is not None)

    def days(self) -> list[tuple[FoundDate, Piece]]:
        """Return the days that are said, those that are labelled first."""
        pieces = [piece for label in _DATE_LABELS for piece in self._labelled.get(label, [])]
        pieces += [line.piece for line in self._lines]
        return [(day, piece) for piece in pieces for day in dates_in(piece.text)]

    def place(self) -> Piece | None:
        """Return where the event was."""
        for label in _PLACE_LABELS:
            if self._labelled.get(label):
                first = sentences(self._labelled[label][0])
                return behind_day(first[0].stripped(" \t\n,;.") if first else self._labelled[label][0])
        for line in self._lines:
            if line.table or (line.is_heading and not dates_in(line.text)):
                continue
            for sentence in sentences(line.piece):
                found = place_in(sentence)
                if found is not None:
                    return found
        return self._place_of_short_line() or place_beside_day(self._lines)

    def _place_of_short_line(self) -> Piece | None:
        """Return the place that a short line names: "Lunch till lunch i Östersund."."""
        for line in self._lines:
            for sentence in sentences(line.piece) if not (line.table or line.is_heading) else ():
                found = place_in_short(sentence)
                if found is not None:
                    return found
        return None

    def occasion(self) -> Piece | None:
        """Return what the event was held in connection with."""
        return occasion_of(self._lines, self._labelled)

    def organiser(self, last: Sequence[Line] = ()) -> Piece | None:
        """Return who held the event, as it is labelled or told; `last` are lines behind the programme."""
        for label, pieces in self._labelled.items():
            if _ORGANISER.match(label):
                return (sentences(pieces[0]) or pieces)[0].stripped(" \t\n,;.")
        told = (*self._lines, *(one for one in last if WHOLE_EVENT.match(one.text)))
        hosts = [found for line in told if (found := firms_in(line, _HOSTS_ARE)) is not None]
        if hosts:
            return hosts[0]
        for line in told:
            if (host := host_in(line)) is not None:
                return host
            found = firms_in(line, _ORGANISED) or firms_in(line, _STANDS_BEHIND) or firms_in(line, _HELD_BY)
            if found is not None:
                return found
        return labelled_last(last) or firm_alone(self._lines)

    def _label(self, line: Line) -> None:
        matches = list(_LABELS.finditer(line.text))
        if line.under.endswith(":") and FACT.fullmatch(line.under) and not (line.links or line.is_heading):
            self._add(line.under.rstrip(" :"), line.piece)
        bold = line.text[: line.label_end].strip()
        if bold and not matches and FACT.fullmatch(bold.rstrip(" :") + ":"):
            self._add(bold.rstrip(" :"), line.piece.part(line.label_end))
            return
        first = FACT.match(line.text)
        if first and not any(match.start(1) <= first.start(1) for match in matches):
            end = matches[0].start() if matches else len(line.text)
            self._add(first[1], line.piece.part(first.end(), end))
        for at, match in enumerate(matches):
            end = matches[at + 1].start() if at + 1 < len(matches) else len(line.text)
            self._add(match[1], line.piece.part(match.end(), end))

    def _cells(self) -> None:
        """Take facts from rows of two cells: the label, what it says."""
        bare = [
            line for line in self._lines if not line.table and FACT.fullmatch(f"{line.text.strip(' :')}:")
        ]
        ahead = [
            (line, found) for line in self._lines if (found := _LABEL_AHEAD.match(line.text)) is not None
        ]
        if len({found[1].lower() for _, found in ahead}) > 1:  # "Datum 14 maj 2020", "Plats Folkets hus"
            for line, found in ahead:
                self._add(found[1], line.piece.part(found.end()))
        for line, other in zip(self._lines, self._lines[1:], strict=False):
            is_row = (
                line.table
                and (line.table, line.row) == (other.table, other.row)
                and line.column < other.column
            )
            is_label = line.is_heading or line.is_strong or (len(bare) > 1 and line in bare)
            if (is_row or is_label) and FACT.fullmatch(line.text.strip(" :") + ":"):
                self._add(line.text.strip(" :"), other.piece)

    def _add(self, label: str, piece: Piece) -> None:
        stripped = piece.stripped(" \t\n,;|–—-.")
        if stripped.text:
            self._labelled.setdefault(label.lower(), []).append(stripped)


def _is_aside(sentence: Piece, line: Line) -> bool:
    """Return whether a sentence says but who led the event, or leads to a film or a deck of it."""
    if MODERATOR.match(sentence.text) or LED_BY.match(sentence.text) or _HOSTED.fullmatch(sentence.text):
        return True
    start, end = sentence.start, sentence.start + len(sentence.text)
    own = [link for link in line.links if start <= link.label.start < end]
    rest = len(sentence.text.split()) - sum(len(link.label.text.split()) for link in own)
    is_file = any(kind_on(line, link) in (LinkTarget.DECK, LinkTarget.FILM) for link in own)
    return is_file and rest <= _ASIDE_WORDS


def _tells_of_opening(text: str) -> bool:
    """Return whether a sentence tells who opened the day, or what somebody said: not of the event."""
    if re.match(r"\W*[–—-]\s?[A-ZÅÄÖ]", text):
        return True
    opened = re.search(r"\b(?:öppnade|hälsade|välkomnade|inledde|invigde)\b", text)
    return opened is not None and any(name.certainty >= KNOWN for name in names_in(text))


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= 5 and text.rstrip()[-1:] in '.!?”")…:'
