"""Who gives a talk where nobody is named: several people from somewhere."""

import pytest

from archive.imports.reading.naming.firms_of_lines import group_of
from archive.imports.reading.pieces import Piece
from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read


@pytest.mark.parametrize(
    ("text", "role", "firm"),
    [
        ("Elever från Broby gymnasium i Sunne", "Elever", "Broby gymnasium i Sunne"),
        ("En klass från Broby gymnasium", None, "Broby gymnasium"),
        ("Studenter vid Mälardalens universitet", "Studenter", "Mälardalens universitet"),
        ("Representanter för Friluftsrådet", "Representanter", "Friluftsrådet"),
        ("Ungdomar från Fryshuset", "Ungdomar", "Fryshuset"),
        ("Niorna på Myrskolan", "Niorna", "Myrskolan"),
        ("Två lag från Habo kommun", "lag", "Habo kommun"),
        ("Personal på Solgården", "Personal", "Solgården"),
        ("Några medarbetare hos Skogforsk", "medarbetare", "Skogforsk"),
        ("Students from Dalarna University", "Students", "Dalarna University"),
    ],
)
def test_several_unnamed_people_are_from_somewhere(text: str, role: str | None, firm: str) -> None:
    found = group_of(Piece(text, 0, 0))
    assert found is not None
    assert (found[0].text if found[0] is not None else None, found[1].text) == (role, firm)


@pytest.mark.parametrize(
    "text",
    [
        "Institutionen för Ekologi",
        "Centrum för Biologi",
        "Avdelningen vid SLU",
        "Vägen från Ed",
        "Kaffe på Solgården",
        "Lärare för Skåne",
        "Polisen på Gotland",
        "Rådet för Båtliv",
    ],
)
def test_organisations_and_topics_are_no_groups(text: str) -> None:
    assert group_of(Piece(text, 0, 0)) is None


@pytest.mark.parametrize(
    "line",
    [
        "Så tänker vi om jobb – elever från Broby gymnasium",
        "Så tänker vi om jobb, en klass från Broby gymnasium",
        "Elever från Broby gymnasium: Så tänker vi om jobb",
        "Så tänker vi om jobb (elever från Broby gymnasium)",
    ],
)
def test_their_talk_is_one(line: str) -> None:
    page = read(
        html(
            "<main><h1>Kompetensforum</h1><p>Falun 3 maj 2021.</p><ul><li>Läget i länet – Ida Ek, SLU</li>"
            f"<li>{line}</li><li>Vägen dit – Bo Al, VTI</li></ul></main>"
        )
    )
    talk = page.events[0].talks[1]
    assert talk.topic.value == "Så tänker vi om jobb"
    assert talk.speakers[0].organisation.value == "Broby gymnasium"


@pytest.mark.parametrize("who", ["Elever från Broby gymnasium", "En klass från Broby gymnasium"])
def test_rows_may_have_them_as_speakers(who: str) -> None:
    page = read(
        html(
            "<main><h1>Kompetensforum</h1><p>Falun den 3 maj 2021.</p><table>"
            "<tr><th>Tid</th><th>Programpunkt</th><th>Medverkande</th></tr>"
            "<tr><td>9.00</td><td>Läget i länet</td><td>Ida Ek, SLU</td></tr>"
            f"<tr><td>9.30</td><td>Så tänker vi om jobb</td><td>{who}</td></tr>"
            "<tr><td>10.00</td><td>Kaffe</td><td></td></tr></table></main>"
        )
    )
    talks = page.events[0].talks
    assert [talk.topic.value for talk in talks] == ["Läget i länet", "Så tänker vi om jobb"]
    assert talks[1].speakers[0].organisation.value == "Broby gymnasium"
