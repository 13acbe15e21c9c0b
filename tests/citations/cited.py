"""Items that are hard to cite, all made up: what tests of formats and styles share."""

from datetime import date
from zlib import crc32

from archive.citations.item import CitedItem, CitedKind, CitedName, Wording
from archive.citations.reading import person_name

SITE = "https://arkiv.example.org"
_DAY = date(2026, 11, 29)


def item(kind: CitedKind, title: str, *people: str, number: int = 0, **values: object) -> CitedItem:
    """Return an item with what most have; `people` are written as a programme has them."""
    key = f"k{crc32(repr((kind.value, title, people, number)).encode())}"
    address = f"{SITE}/d/8k3m2p9x4t" + (f"/v2/{number}" if number else "")
    given: dict[str, object] = {
        "names": tuple(map(person_name, people)),
        "issued": "2019-05-23",
        "event_title": "Gruvor i norr",
        "event_place": "Luleå",
        "language": "sv",
        "part_number": number,
        "version": 2,
        "wording": Wording.SWEDISH,
    }
    return CitedItem(kind, key, title, address, _DAY, **(given | values))  # type: ignore[arg-type]


def organisation(name: str) -> tuple[CitedName, ...]:
    """Return an organisation as the only name."""
    return (CitedName(literal=name),)


_AUTHORITY = organisation("Sveriges geologiska undersökning")
_LONG = "Om villkoren för en hållbar omställning av gruvnäringen i de nordligaste länen " * 5

HARD = (
    item(CitedKind.TALK, "Gruvans framtid", "Carina Åkerberg"),
    item(CitedKind.DECK, "Gruvans framtid", "Carina Åkerberg"),
    item(CitedKind.SLIDE, "Gruvans framtid", "Carina Åkerberg", number=4),
    item(CitedKind.REPORT, "Malm i dagen", names=_AUTHORITY, publisher="Sveriges geologiska undersökning"),
    item(CitedKind.PAGE, "Malm i dagen", names=_AUTHORITY, issued="2020", number=17),
    item(CitedKind.DECK, "Vad vi inte vet när", "Bo Ek", issued=""),
    item(CitedKind.DECK, "Någon gång i maj", "Bo Ek", issued="2022-05"),
    item(CitedKind.DECK, "Ett år", "Bo Ek", issued="2022", event_title="", event_place=""),
    item(CitedKind.DECK, "Två dagar", "Bo Ek", issued="2022-05-30", issued_end="2022-06-01"),
    item(CitedKind.DECK, "Ingen har talat", names=organisation("Region Norrbotten")),
    item(CitedKind.REPORT, "Ingen alls", names=(), issued=""),
    item(CitedKind.DECK, "Fem talar", "Anna Al", "Bo Björk", "Cia Cedergren", "Dag Död", "Eva Ek"),
    item(CitedKind.DECK, "Ett namn", "Cher"),
    item(CitedKind.DECK, "Adligt", "Carl von Essen", "Gerard De Geer", "Maria af Ekenstam"),
    item(CitedKind.DECK, "Mer adligt", "Ludwig van der Rohe", "José Ortega Gasset", "Per Ek Jr"),
    item(CitedKind.DECK, "Bindestreck", "Karl-Erik Öst-Lund", "Åsa Å"),
    item(CitedKind.DECK, "Dubbelt", names=organisation("Och & Son AB, Malmö and Lund")),
    item(CitedKind.DECK, _LONG[:400].strip(), "Bo Ek"),
    item(CitedKind.DECK, "Kol & stål_2 100 % #1 {a \\ b} ~^ $5", "Bo Ek", event_title="R&D_50 %"),
    item(CitedKind.DECK, "En { öppen", "Bo Ek"),
    item(CitedKind.DECK, "En } stängd och \\", "Bo Ek"),
    item(CitedKind.DECK, "Varför är $x^2 \\le 5$?", "Bo Ek"),
    item(CitedKind.DECK, "CO₂ ≤ 5 × 10² → √α, 3 °C – “så” …", "Bo Ek"),
    item(CitedKind.DECK, "Rad ett\vrad två\n  rad tre", "Bo Ek"),
    item(CitedKind.DECK, "The Green Steel of the North", "Amy Lee", language="en", wording=Wording.ENGLISH),
    item(CitedKind.SLIDE, "Green Steel", "Amy Lee", number=12, language="en", wording=Wording.ENGLISH),
    item(CitedKind.PAGE, "Ore", "Amy Lee", number=3, language="en", wording=Wording.ENGLISH),
    item(CitedKind.TALK, "Vad? Hur! Varför?", "Bo Ek", abstract="En rad.\n\nEn till & en { klammer."),
)
"""Each kind, and everything that is known to break one program or another."""

_PEOPLE = ("Anna Al", "Bo von Björk", "Cia Cedergren", "Dag-Ove Död", "Eva Ek", "Cher", "Gun De Geer")
_DATES = ("2019-05-23", "2020-11", "2021", "")

REGULAR = tuple(
    item(kind, f"Om malm {nth}", *_PEOPLE[: 1 + nth % 7], number=number, issued=_DATES[nth % 4])
    for nth, (kind, number) in enumerate(
        [
            *[(CitedKind.TALK, 0)] * 8,
            *[(CitedKind.DECK, 0)] * 8,
            *[(CitedKind.SLIDE, 31)] * 8,
            *[(CitedKind.REPORT, 0)] * 4,
            *[(CitedKind.PAGE, 7)] * 4,
        ]
    )
)
"""Each kind with one to seven names and each precision of a date."""

SIXTY = HARD + REGULAR
