"""What staff look at before they publish, in sentences: a group a kind, an entry a slide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.model.documents import DocumentKind
from archive.model.visibility import OriginalsPolicy, Visibility
from archive.review.warnings import PublishingWarning, Remedy, WarningKind
from archive.visibility import may_see_page
from archive.web.http.language import gettext, ngettext
from archive.web.presenters.names import slide_name
from archive.web.presenters.slide_views import SlideView

_WITH_PICTURES = {
    WarningKind.PERSONAL_NUMBER,
    WarningKind.HIDDEN_SLIDE,
    WarningKind.EMAIL_ADDRESS,
    WarningKind.PHONE_NUMBER,
    WarningKind.EMBEDDED_FILE,
    WarningKind.UNREAD_SLIDE,
    WarningKind.NO_WORDS,
}
_OFFERED = {
    Remedy.HIDE_SLIDE,
    Remedy.SHOW_SLIDE,
    Remedy.KEEP_FOR_STAFF,
    Remedy.READ_AGAIN,
    Remedy.REPLACE_FILE,
}


@dataclass(frozen=True, slots=True)
class WarningEntry:
    """One slide, or the whole file (`number` None). `remedies` are names of what a button may do."""

    number: int | None
    name: str
    slide: SlideView | None
    text: str
    remedies: Sequence[str]


@dataclass(frozen=True, slots=True)
class WarningGroup:
    """All of one kind. `has_pictures`: its entries are shown as cards, else as a line of slide numbers."""

    kind: str
    heading: str
    advice: str
    entries: Sequence[WarningEntry]
    remedies: Sequence[str]
    has_pictures: bool


def warning_groups(
    warnings: Sequence[PublishingWarning],
    slides: Mapping[int, SlideView],
    kind_of_document: DocumentKind,
    policy: OriginalsPolicy,
) -> list[WarningGroup]:
    """Return the groups, the gravest first."""
    by_kind: dict[WarningKind, list[PublishingWarning]] = {}
    for warning in warnings:
        by_kind.setdefault(warning.kind, []).append(warning)
    groups, is_report = [], kind_of_document is DocumentKind.REPORT
    for kind, found in by_kind.items():
        has_pictures = kind in _WITH_PICTURES
        entries = [_entry(one, slides, kind_of_document, has_pictures) for one in found]
        shared = [] if has_pictures else [one.value for one in found[0].remedies if one in _OFFERED]
        groups.append(
            WarningGroup(
                kind.value,
                _heading(kind, found, is_report),
                _advice(kind, policy, is_report),
                entries,
                shared,
                has_pictures,
            )
        )
    return groups


def _entry(
    warning: PublishingWarning,
    slides: Mapping[int, SlideView],
    kind_of_document: DocumentKind,
    has_pictures: bool,
) -> WarningEntry:
    slide = slides.get(warning.page_number or 0)
    remedies = [one for one in warning.remedies if one in _OFFERED] if has_pictures else []
    if warning.page_number is None or (slide and not may_see_page(Visibility.PUBLIC, slide)):
        remedies = [one for one in remedies if one is not Remedy.HIDE_SLIDE]
    words = ", ".join(warning.words)
    if warning.is_for_staff and warning.kind is not WarningKind.HIDDEN_SLIDE:
        only = gettext("Bara personal ser det: det står i anteckningar, kommentarer eller på en dold bild.")
        words = f"{words} – {only}" if words else only
    number = warning.page_number
    name = gettext("Filens namn eller egenskaper") if number is None else slide_name(kind_of_document, number)
    return WarningEntry(number, name, slide, words, [one.value for one in remedies])


def _heading(kind: WarningKind, found: Sequence[PublishingWarning], is_report: bool) -> str:
    count, slides = sum(one.count for one in found), len(found)
    headings = _headings_of_words(count, slides) | _headings_of_parts(count, slides)
    return (headings | _headings_of_reports(slides) if is_report else headings)[kind]


def _headings_of_reports(pages: int) -> dict[WarningKind, str]:
    return {
        WarningKind.NOTES: ngettext(
            "Anteckningar till %(count)s sida", "Anteckningar till %(count)s sidor", pages, count=pages
        ),
        WarningKind.HIDDEN_SLIDE: ngettext(
            "%(count)s dold sida", "%(count)s dolda sidor", pages, count=pages
        ),
        WarningKind.UNREAD_SLIDE: ngettext(
            "%(count)s sida kunde inte läsas helt",
            "%(count)s sidor kunde inte läsas helt",
            pages,
            count=pages,
        ),
        WarningKind.NO_WORDS: ngettext(
            "%(count)s sida utan ord", "%(count)s sidor utan ord", pages, count=pages
        ),
    }


def _headings_of_words(count: int, slides: int) -> dict[WarningKind, str]:
    return {
        WarningKind.PERSONAL_NUMBER: ngettext(
            "%(count)s personnummer", "%(count)s personnummer", count, count=count
        ),
        WarningKind.COMMENTS: ngettext("%(count)s kommentar", "%(count)s kommentarer", count, count=count),
        WarningKind.NOTES: ngettext(
            "Anteckningar till %(count)s bild", "Anteckningar till %(count)s bilder", slides, count=slides
        ),
        WarningKind.HIDDEN_SLIDE: ngettext(
            "%(count)s dold bild", "%(count)s dolda bilder", slides, count=slides
        ),
        WarningKind.EMAIL_ADDRESS: ngettext(
            "%(count)s e-postadress", "%(count)s e-postadresser", count, count=count
        ),
        WarningKind.PHONE_NUMBER: ngettext(
            "%(count)s telefonnummer", "%(count)s telefonnummer", count, count=count
        ),
    }


def _headings_of_parts(count: int, slides: int) -> dict[WarningKind, str]:
    return {
        WarningKind.EMBEDDED_FILE: ngettext(
            "%(count)s inbäddad fil", "%(count)s inbäddade filer", count, count=count
        ),
        WarningKind.UNREAD_SLIDE: ngettext(
            "%(count)s bild kunde inte läsas helt",
            "%(count)s bilder kunde inte läsas helt",
            slides,
            count=slides,
        ),
        WarningKind.NO_WORDS: ngettext(
            "%(count)s bild utan ord", "%(count)s bilder utan ord", slides, count=slides
        ),
        WarningKind.NO_ALT_TEXT: ngettext(
            "%(count)s figur saknar beskrivning", "%(count)s figurer saknar beskrivning", count, count=count
        ),
        WarningKind.MISSING_FONT: ngettext(
            "%(count)s typsnitt saknas här", "%(count)s typsnitt saknas här", count, count=count
        ),
        WarningKind.WEB_LINK: ngettext(
            "%(count)s länk till andra webbplatser",
            "%(count)s länkar till andra webbplatser",
            count,
            count=count,
        ),
    }


def _advice(kind: WarningKind, policy: OriginalsPolicy, is_report: bool) -> str:
    goes_out = {
        OriginalsPolicy.EVERYBODY: gettext("Den som laddar ner filen får med dem."),
        OriginalsPolicy.CLEAN: gettext(
            "Därför får andra en ren kopia eller en PDF utan dem i stället för filen."
        ),
        OriginalsPolicy.STAFF: gettext("Andra får inte ladda ner filen."),
    }[policy]
    advice = {
        WarningKind.PERSONAL_NUMBER: gettext(
            "Ett personnummer ska sällan vara öppet. Dölj bilden eller ersätt filen."
        ),
        WarningKind.COMMENTS: gettext("Bara personal ser kommentarerna i arkivet.") + " " + goes_out,
        WarningKind.NOTES: gettext("Bara personal ser anteckningarna i arkivet.") + " " + goes_out,
        WarningKind.HIDDEN_SLIDE: gettext("Bara personal ser dolda bilder i arkivet.") + " " + goes_out,
        WarningKind.EMAIL_ADDRESS: gettext("Adresserna blir synliga och sökbara."),
        WarningKind.PHONE_NUMBER: gettext("Numren blir synliga och sökbara."),
        WarningKind.EMBEDDED_FILE: gettext(
            "En fil inuti bildspelet kan innehålla mer än bilden visar, till exempel ett helt kalkylark."
        ),
        WarningKind.UNREAD_SLIDE: gettext("Det som inte lästes går inte att söka."),
        WarningKind.NO_WORDS: gettext("Ingen hittar en bild utan ord genom att söka."),
        WarningKind.NO_ALT_TEXT: gettext("Den som använder skärmläsare får inte veta vad figuren visar."),
        WarningKind.MISSING_FONT: gettext(
            "Bilderna visas här med ett annat typsnitt och kan se annorlunda ut."
        ),
        WarningKind.WEB_LINK: gettext("Till kännedom; du behöver inte göra något."),
    }
    return (advice | _advice_on_reports(goes_out) if is_report else advice)[kind]


def _advice_on_reports(goes_out: str) -> dict[WarningKind, str]:
    return {
        WarningKind.PERSONAL_NUMBER: gettext(
            "Ett personnummer ska sällan vara öppet. Dölj sidan eller ersätt filen."
        ),
        WarningKind.HIDDEN_SLIDE: gettext("Bara personal ser dolda sidor i arkivet.") + " " + goes_out,
        WarningKind.EMBEDDED_FILE: gettext(
            "En fil inuti dokumentet kan innehålla mer än sidan visar, till exempel ett helt kalkylark."
        ),
        WarningKind.NO_WORDS: gettext("Ingen hittar en sida utan ord genom att söka."),
        WarningKind.MISSING_FONT: gettext(
            "Sidorna visas här med ett annat typsnitt och kan se annorlunda ut."
        ),
    }
