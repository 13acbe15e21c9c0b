"""Sample deck 1: industriell omvandling i Norra Mellansverige."""

from samples.deck import Deck
from samples.pictures import works


def build() -> bytes:
    """Return the deck as a .pptx."""
    deck = Deck(
        "Industriell omvandling i Norra Mellansverige",
        "Exempel Talare 1",
        "Strategi, framgångsfaktorer och utmaningar\nExempel Talare 1, strateg, Exempelregionen",
    )
    _situation(deck)
    _strategy(deck)
    return deck.save()


def _situation(deck: Deck) -> None:
    deck.bullets(
        "Varför omvandling just nu?",
        [
            "Industrin ställer om till fossilfri el, vätgas och elektrifierade transporter",
            "Kunderna frågar efter spårbara och klimatsnåla material",
            "Tre län möter samma frågor",
            "- Skog, stål och gruvnäring delar järnvägar, elnät och arbetsmarknad",
            "- Ingen kommun löser tillståndsfrågorna på egen hand",
            "Omställningen avgörs av kompetens lika mycket som av teknik",
        ],
        notes="Börja med kartan över elnätet. Fråga salen vem som väntar på en nätanslutning i dag.",
    )
    deck.picture(
        "Industrin i landskapet",
        works(),
        "Teckning av en fabrik med sågtandstak, skorsten och tre vindkraftverk på kullarna bakom",
        "Fabriken, vägen och vindkraften hör ihop: när den ena växer behöver de andra hinna med.",
    )
    deck.comparison(
        "Framgångsfaktorer och utmaningar",
        ("Det som driver på", "Det som bromsar"),
        [
            "Lång vana av att samverka mellan bolag, skola och region",
            "God tillgång på förnybar el",
            "Korta vägar till forskning och provanläggningar",
        ],
        [
            "Kompetensförsörjningen hinner inte med investeringarna",
            "Långa handläggningstider för tillstånd",
            "Enkelspår där gruvnäringens malm och persontågen möts",
        ],
    )


def _strategy(deck: Deck) -> None:
    deck.section("Strategin i tre delar", "Kompetens, infrastruktur och gemensamma provmiljöer")
    deck.process(
        "Från behov till genomförande",
        ["Kartlägg behov", "Välj insatser", "Pröva i liten skala", "Bygg ut"],
        [
            "Behoven samlas in från företagen två gånger om året",
            "Varje insats har en ansvarig och ett mått som går att följa",
            "Det som inte fungerar läggs ned, och skälen skrivs ned",
        ],
        notes="Provmiljöerna är öppna för små företag. Nämn att ansökan stänger i oktober.",
    )
    deck.table(
        "Insatser och läge",
        [
            ("Insats", "Start", "Deltagare", "Läge"),
            ("Kompetensförsörjning för elektrifiering", "2021", "34", "pågår"),
            ("Gemensam provanläggning för vätgas", "2022", "12", "pågår"),
            ("Järnvägens flaskhalsar", "2020", "9", "klar"),
            ("Cirkulära flöden av slagg", "2022", "7", "planeras"),
        ],
        "Påhittade uppgifter i exempelmaterial.",
    )
    deck.bullets(
        "Reservbild: frågor om finansiering",
        [
            "Hälften av medlen kommer från programmet, hälften från regionerna",
            "Företagens egen arbetstid räknas som medfinansiering",
            "Utbetalning sker i efterskott",
        ],
        notes="Visas bara om någon frågar.",
        hidden=True,
    )
    deck.bullets(
        "Att ta med sig",
        [
            "Omvandlingen är regional: el, spår och kompetens följer inte länsgränser",
            "Gruvnäringen, skogen och stålet behöver en gemensam plan",
            "Kompetensförsörjning är den trängsta sektorn",
            "Mät få saker, men mät dem varje år",
        ],
    )
