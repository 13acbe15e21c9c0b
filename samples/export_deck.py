"""Sample deck 3: exportindustrins betydelse för välfärden."""

from samples.deck import Deck, Series

YEARS = ["2017", "2018", "2019", "2020", "2021"]


def build() -> bytes:
    """Return the deck as a .pptx."""
    deck = Deck(
        "Exportindustrins betydelse för välfärden",
        "Exempel Talare 3",
        "Vad säger den regionala exportstatistiken?\nExempel Talare 3, näringspolitisk chef, Exempelkammaren",
    )
    _figures(deck)
    _meaning(deck)
    return deck.save()


def _figures(deck: Deck) -> None:
    deck.bullets(
        "Statistiken visar inte hela bilden",
        [
            "Exporten bokförs där huvudkontoret ligger, inte där varan tillverkas",
            "Underleverantörer syns inte alls",
            "- Komponenter som säljs inom landet exporteras ofta i nästa led",
            "- Gruvnäringens leveranser till stålverken räknas som inrikes",
            "Vi frågade 240 företag var värdet skapas",
        ],
        notes="Enkäten är påhittad och finns bara i exempelmaterialet.",
    )
    deck.chart(
        "Regional export, officiell och omräknad",
        YEARS,
        [
            Series("Officiell statistik", (41, 43, 44, 39, 46)),
            Series("Omräknad efter produktionsort", (63, 67, 70, 61, 74)),
        ],
        "Miljarder kronor. Påhittade siffror i exempelmaterial.",
        notes="Skillnaden är störst i de län där gruvnäring och stål väger tungt.",
    )
    deck.table(
        "Exportvärde per anställd",
        [
            ("Bransch", "Anställda", "Export, mnkr", "Per anställd, mnkr"),
            ("Stål och metall", "12 400", "31 000", "2,5"),
            ("Gruvnäring", "3 100", "9 300", "3,0"),
            ("Maskiner", "8 900", "17 800", "2,0"),
            ("Papper och massa", "5 200", "13 500", "2,6"),
        ],
        "Påhittade siffror i exempelmaterial.",
    )


def _meaning(deck: Deck) -> None:
    deck.quote(
        "Exporten i vardagen",
        "Var tredje krona till vård och skola börjar i ett företag som säljer utomlands.",
        "Räkneexempel i exempelmaterialet",
    )
    deck.comparison(
        "Vad företagen behöver",
        ("I dag", "Om tio år"),
        [
            "Kompetensförsörjning: operatörer, elektriker och programmerare",
            "Tillförlitliga godståg till hamnarna",
            "Snabbare besked om tillstånd",
        ],
        [
            "Fossilfria transporter hela vägen",
            "El till rätt pris i rätt del av landet",
            "Utbildningar som startar när företagen bygger ut",
        ],
    )
    deck.two_columns(
        "Tre förslag",
        [
            "Redovisa export efter produktionsort",
            "Bygg dubbelspår där malmen och pendlarna möts",
            "Låt företagen styra innehållet i korta utbildningar",
        ],
        [
            "Ansvar: myndigheter, regioner och handelskamrar",
            "Tidplan: förslag klart före nästa budget",
            "Uppföljning: en rapport om året",
        ],
        notes="Rapporten med alla tabeller ligger i samma mapp.",
    )
