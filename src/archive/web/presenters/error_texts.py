"""What pages say of errors, in the visitor's language."""

from http import HTTPStatus

from archive.errors import FilterUnknown, FilterUnusable, FormatUnknown
from archive.web.http.language import gettext, message_text


def error_text(code: str, status: int, detail: str) -> tuple[str, str]:
    """Return heading and text of an error page in the visitor's language.

    `detail` is the error's own message, which is shown where no other text says as much.
    """
    known = _known_texts()
    if code == FormatUnknown.code:
        heading, text = gettext("Det formatet finns inte"), message_text(detail)
    elif code in (FilterUnusable.code, FilterUnknown.code):
        heading, text = gettext("Filtret går inte att använda"), message_text(detail)
    elif code in known:
        heading, text = known[code]
    elif status < HTTPStatus.INTERNAL_SERVER_ERROR:
        heading = gettext("Förfrågan gick inte att förstå")
        text = gettext("Kontrollera adressen och försök igen.")
    else:
        heading = gettext("Något gick fel hos oss")
        text = gettext("Felet är noterat. Försök igen om en stund; hör av dig om det händer igen.")
    return heading, text


def _known_texts() -> dict[str, tuple[str, str]]:
    return _texts_of_rights() | _texts_of_parts() | _texts_of_addresses() | _texts_of_baskets()


def _texts_of_parts() -> dict[str, tuple[str, str]]:
    """Return what is said where a part of the archive does not work just now."""
    mended = (
        gettext("Sökningen fungerar inte just nu"),
        gettext("Den lagas av sig själv. Ladda om sidan om en stund; dokumenten finns kvar."),
    )
    busy = (
        gettext("Arkivet är upptaget just nu"),
        gettext("Vänta en stund och ladda sedan om sidan."),
    )
    away = (
        gettext("Det går inte att söka just nu"),
        gettext("Dokument och evenemang går att läsa som vanligt. Försök att söka igen om en stund."),
    )
    return {
        "index": mended,
        "index_outdated": mended,
        "busy": busy,
        "catalogue_unavailable": busy,
        "search_away": away,
        "search_refused": away,
        "storage_away": (
            gettext("Filen går inte att hämta just nu"),
            gettext(
                "Tjänsten där arkivets filer ligger svarar inte. "
                "Sök och läs som vanligt; försök igen om en stund."
            ),
        ),
        "format_missing": (
            gettext("Det går inte här"),
            gettext("En del av arkivet som behövs för det är inte installerad. Välj ett annat format."),
        ),
        "picture": (
            gettext("Det gick inte att göra en PDF"),
            gettext("Spara bilden som den är eller ladda ner originalet i stället."),
        ),
    }


def _texts_of_addresses() -> dict[str, tuple[str, str]]:
    """Return what is said of an address, or a request, that leads to nothing."""
    return {
        "not_found": (
            gettext("Sidan finns inte"),
            gettext("Adressen leder inte till något i arkivet. Sök efter det du vill hitta i rutan ovan."),
        ),
        "gone": (
            gettext("Dokumentet är borttaget"),
            gettext("Det fanns i arkivet men har dragits tillbaka."),
        ),
        "unknown_talk_link": (
            gettext("Länken går inte att använda"),
            gettext("Se efter att hela länken är med. Hjälper inte det, be den som gav dig den om en ny."),
        ),
        "ended_talk_link": (
            gettext("Länken gäller inte längre"),
            gettext("Be den som gav dig länken om en ny. Det du har skickat finns kvar hos personalen."),
        ),
        "bad_host": (
            gettext("Fel adress"),
            gettext("Den här webbplatsen svarar inte på det värdnamnet. Kontrollera adressen."),
        ),
        "bad_method": (
            gettext("Det går inte"),
            gettext("Sidan kan bara läsas, inte ändras."),
        ),
        "bad_range": (
            gettext("Den delen finns inte"),
            gettext("Filen är kortare än den del som efterfrågades."),
        ),
        "too_large": (
            gettext("För mycket på en gång"),
            gettext("Förfrågan är större än webbplatsen tar emot."),
        ),
    }


def _texts_of_baskets() -> dict[str, tuple[str, str]]:
    return {
        "basket_too_large": (
            gettext("Så många bilder ryms inte i korgen"),
            gettext("En korg rymmer högst 40 bilder. Ta bort några, eller gör två korgar."),
        ),
        "bad_slide_address": (
            gettext("Adressen leder inte till någon bild"),
            gettext("Kopiera hela adressen till bildens egen sida, eller hela adressen till korgen."),
        ),
    }


def _texts_of_rights() -> dict[str, tuple[str, str]]:
    return {
        "not_allowed": (
            gettext("Det får du inte göra"),
            gettext("Ditt konto har inte den rätten. Fråga den som sköter arkivet."),
        ),
        "not_signed_in": (
            gettext("Logga in först"),
            gettext("Sidan är för den som har loggat in."),
        ),
        "bad_token": (
            gettext("Nyckeln går inte att använda"),
            gettext("Den är fel, för gammal eller avslutad. Skapa en ny på sidan för ditt konto."),
        ),
        "bad_link": (
            gettext("Länken går inte att använda"),
            gettext("Den är redan använd, för gammal eller inte hel. Be om en ny av den som sköter arkivet."),
        ),
        "foreign_request": (
            gettext("Formuläret gick inte att ta emot"),
            gettext("Det kom från en annan webbplats, eller så är sidan för gammal. Ladda om den."),
        ),
        "too_many": (
            gettext("För många försök"),
            gettext("Vänta en stund och försök igen."),
        ),
    }
