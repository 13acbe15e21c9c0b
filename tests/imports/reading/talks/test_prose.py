"""Talks told with a pronoun, a relative clause or a title in quotes."""

import pytest

from archive.imports.reading.naming.people import people_in
from archive.imports.reading.pieces import Piece
from archive.imports.reading.talks.prose import told_talks

_BEING = "forskare vid Mittuniversitetet"


@pytest.mark.parametrize(
    "text",
    [
        f"Efter kaffet äntrade Elsa Norberg scenen. Hon är {_BEING}"
        " och under rubriken ”Vem stannar?” gick hon igenom 64 byar.",
        f"Sedan kom Elsa Norberg. Hon är {_BEING} och talade under rubriken ”Vem stannar?”.",
        f"Elsa Norberg är {_BEING}. Med titeln ”Vem stannar?” gav hon en bild av byarna.",
        f"Elsa Norberg, som är {_BEING}, talade under rubriken ”Vem stannar?”.",
        f"Därefter tog Elsa Norberg över. Hon, som är {_BEING}, talade på temat ”Vem stannar?”.",
        f"Efter lunch var det Elsa Norbergs tur. Hon är {_BEING} och talade under rubriken ”Vem stannar?”.",
        f"Sist blev det Elsa Norbergs tur. Hon arbetar som {_BEING} och på temat ”Vem stannar?” gav hon råd.",
    ],
)
def test_somebody_introduced_gives_the_talk_that_a_pronoun_tells_of(text: str) -> None:
    (talk,) = told_talks(Piece(text, 0, 0))
    assert talk.topic.text.rstrip("?") == "Vem stannar"
    (person,) = talk.people
    assert person.value == "Elsa Norberg"
    assert person.role is not None
    assert person.role.text == "forskare"
    assert person.organisation is not None
    assert person.organisation.text == "Mittuniversitetet"


def test_what_somebody_does_research_on_stands_before_where() -> None:
    text = "Elsa Norberg, som forskar om byar vid Mittuniversitetet, berättade om vem som flyttar till byn."
    (talk,) = told_talks(Piece(text, 0, 0))
    assert talk.topic.text == "vem som flyttar till byn"
    assert talk.people[0].organisation is not None
    assert talk.people[0].organisation.text == "Mittuniversitetet"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Fiona MacAllister, Historic Towns Scotland, director",
            [("Fiona MacAllister", "director", "Historic Towns Scotland")],
        ),
        ("Historic Towns Scotland, arkitekt Ida Ek", [("Ida Ek", "arkitekt", "Historic Towns Scotland")]),
        (
            "Iris Wennborg och Hamid Karimi, Arkitektgruppen Sund, arkitekter",
            [
                ("Iris Wennborg", "arkitekter", "Arkitektgruppen Sund"),
                ("Hamid Karimi", "arkitekter", "Arkitektgruppen Sund"),
            ],
        ),
        (
            "Ida Ek, Xhevat Zymberi, utredare",
            [("Ida Ek", "utredare", None), ("Xhevat Zymberi", "utredare", None)],
        ),
    ],
)
def test_organisations_before_roles_are_no_people(
    text: str, people: list[tuple[str, str | None, str | None]]
) -> None:
    found = people_in(Piece(text, 0, 0))
    assert [
        (one.value, one.role and one.role.text, one.organisation and one.organisation.text) for one in found
    ] == people
