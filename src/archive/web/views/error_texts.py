"""What error pages say, by the error's code."""

from http import HTTPStatus

from archive.web.http.language import gettext


def error_text(code: str, status: int) -> tuple[str, str]:
    """Return heading and text of an error page in the visitor's language."""
    known = _known_texts()
    if code in known:
        heading, text = known[code]
    elif status < HTTPStatus.INTERNAL_SERVER_ERROR:
        heading = gettext("Förfrågan gick inte att förstå")
        text = gettext("Kontrollera adressen och försök igen.")
    else:
        heading = gettext("Något gick fel hos oss")
        text = gettext("Felet är noterat. Försök igen om en stund; hör av dig om det händer igen.")
    return str(heading), str(text)


def _known_texts() -> dict[str, tuple[str, str]]:
    return {
        "not_found": (
            gettext("Sidan finns inte"),
            gettext("Adressen leder inte till något i arkivet. Sök efter det du vill hitta i rutan ovan."),
        ),
        "gone": (
            gettext("Dokumentet är borttaget"),
            gettext("Det fanns i arkivet men har dragits tillbaka."),
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
        "picture": (
            gettext("Det gick inte att göra en PDF"),
            gettext("Spara bilden som den är eller ladda ner originalet i stället."),
        ),
        "busy": (
            gettext("Arkivet är upptaget just nu"),
            gettext("Vänta en stund och ladda sedan om sidan."),
        ),
    }
