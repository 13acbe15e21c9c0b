"""Sample deck 2: smart specialisering i Östra Mellansverige."""

from samples.deck import Deck
from samples.pictures import region_map


def build() -> bytes:
    """Return the deck as a .pptx."""
    deck = Deck(
        "Smart specialisering i Östra Mellansverige",
        "Exempel Talare 2",
        "Fem län som väljer styrkor tillsammans\nExempel Talare 2, utvecklingsledare, Exempellänet",
    )
    _what(deck)
    _how(deck)
    return deck.save()


def _what(deck: Deck) -> None:
    deck.bullets(
        "Vad är smart specialisering?",
        [
            "Ett arbetssätt: välj de områden där regionen redan är stark",
            "Valet görs av företag, akademi och offentlig sektor tillsammans",
            "Områdena prövas om när omvärlden ändras",
            "- Underlaget är öppet för alla som vill granska det",
            "- Även det som valdes bort ska gå att läsa om",
        ],
        notes="Smart specialisering är ett villkor för de regionala EU-medlen, men nyttan är större än så.",
    )
    deck.picture(
        "Fem län, en arbetsmarknad",
        region_map(),
        "Schematisk karta över påhittade län med sex orter och vägarna mellan dem",
        "Pendlingen går redan tvärs över länsgränserna. Då kan även valet av styrkeområden göra det.",
    )
    deck.two_columns(
        "Styrkeområden som valdes",
        [
            "Avancerad tillverkning",
            "Gruvnäring och metaller",
            "- Gruvnäringens teknikföretag säljer till hela världen",
            "Livsmedel och förpackning",
        ],
        [
            "Energilagring",
            "Autonoma och digitala system",
            "- Fjärrstyrda fordon prövas under jord",
            "Kompetensförsörjning som gemensam grund",
        ],
        notes="Sex förslag valdes bort. Listan finns i underlaget.",
    )


def _how(deck: Deck) -> None:
    deck.hub(
        "Samverkan kring ett styrkeområde",
        "Gemensam handlingsplan",
        ("Företagen: behov", "Lärosätena: forskning", "Regionerna: medel", "Skolorna: kompetens"),
        notes="Handlingsplanen skrivs om vartannat år. Alla fyra parter undertecknar.",
    )
    deck.table(
        "Pengar per styrkeområde (miljoner kronor)",
        [
            ("Styrkeområde", "2020", "2021", "2022"),
            ("Avancerad tillverkning", "18", "22", "25"),
            ("Gruvnäring och metaller", "11", "14", "19"),
            ("Energilagring", "4", "9", "16"),
            ("Livsmedel och förpackning", "7", "7", "8"),
        ],
        "Påhittade siffror i exempelmaterial.",
    )
    deck.bullets(
        "Lärdomar efter tre år",
        [
            "Färre områden ger större genomslag",
            "Små företag kommer med när någon ringer dem, inte när de får ett utskick",
            "Yrkeshögskolan är nyckeln till kompetensförsörjningen",
            "Följ upp med siffror som företagen själva använder",
        ],
    )
