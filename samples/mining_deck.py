"""Sample deck 4: hållbar gruvnäring."""

from samples.deck import Deck, Series
from samples.pictures import mine


def build() -> bytes:
    """Return the deck as a .pptx."""
    deck = Deck(
        "Innovation för en hållbar gruvnäring",
        "Exempel Talare 4",
        "Projektet Exempelgruvan\nExempel Talare 4, projektledare, Exempeluniversitetet",
    )
    _project(deck)
    _results(deck)
    return deck.save()


def _project(deck: Deck) -> None:
    deck.picture(
        "Gruvan under och över jord",
        mine(),
        "Teckning av en gruvlave på en kulle, med schaktet och malmkroppar i berget under",
        "En gruvnäring som håller länge bryter mindre berg, återvinner mer och lämnar marken hel.",
        notes="Laven är ritad för presentationen och föreställer ingen verklig gruva.",
    )
    deck.bullets(
        "Mål för projektet",
        [
            "Gruvnäringens utsläpp ska halveras till 2030",
            "Vattnet renas och används flera gånger",
            "Metaller tas till vara ur gammalt gruvavfall",
            "- Kobolt, koppar och sällsynta jordartsmetaller",
            "Kompetensförsörjning för nya yrken i gruvan",
        ],
    )
    deck.process(
        "Malmens väg",
        ["Prospektering", "Brytning", "Anrikning", "Återställning"],
        [
            "Prospekteringen görs med drönare och borrkärnor som läses av digitalt",
            "Brytningen sker med eldrivna maskiner som styrs från markytan",
            "Anrikningssanden blir fyllning i gruvan i stället för en damm",
        ],
        notes="Varje steg har en egen arbetsgrupp. Grupperna möts en gång i månaden.",
    )


def _results(deck: Deck) -> None:
    deck.chart(
        "Koldioxid per ton malm",
        ["2019", "2020", "2021", "2022"],
        [Series("Dieseldrift", (24, 23, 22, 22)), Series("Eldrift", (14, 11, 9, 7))],
        "Kilogram per ton. Påhittade siffror i exempelmaterial.",
    )
    deck.hub(
        "Parter i projektet",
        "Exempelgruvan",
        ("Gruvbolag", "Teknikföretag", "Universitet", "Kommuner"),
        notes="Kommunerna är med för frågor om mark, vatten och bostäder.",
    )
    deck.two_columns(
        "Kompetensförsörjning i gruvan",
        [
            "Nya yrken",
            "- Drönarpilot",
            "- Fjärroperatör",
            "- Vattentekniker",
            "Ny gymnasieinriktning från hösten",
        ],
        [
            "Gruvnäringen konkurrerar om samma elektriker som bygger elnätet",
            "Fler kvinnor söker utbildningarna",
            "Handledare behöver egen tid för att lära ut",
        ],
    )
    deck.bullets(
        "Reservbild: budget",
        [
            "Arbetstid 61 procent, utrustning 27 procent, resor 12 procent",
            "Gruvbolagen står för hälften",
        ],
        hidden=True,
    )
    deck.bullets(
        "Nästa steg",
        [
            "Provbrytning med enbart eldrivna maskiner under våren",
            "Öppet hus för skolor i kommunen",
            "Slutrapport om gruvnäringens kompetensförsörjning",
        ],
        notes="Tacka finansiärerna.",
    )
