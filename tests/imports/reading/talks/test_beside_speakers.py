"""What stands below a heading that says no more than what kind of talk it is."""

import pytest

from archive.model.seminar_pages.seminar_page import ReadTalk
from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_PANEL = "<ul><li>Ida Ek, Trafikverket</li><li>Bo Alm, hållbarhetschef, Skogforsk</li></ul>"


def _last(item: str) -> ReadTalk:
    page = read(
        html(
            "<main><h1>Godsdagen 2022</h1><p>Falun den 3 maj 2022.</p>"
            f"<h3>En terminal som aldrig sover</h3><p>Moa Ring, vd, Terminalbolaget</p>{item}</main>"
        )
    )
    return page.events[0].talks[-1]


@pytest.mark.parametrize(
    "item",
    [
        f"<h3>Panelsamtal</h3><p>Vem betalar omställningen?</p>{_PANEL}",
        f"<h3>Avslutande paneldebatt</h3><p><em>Vem betalar omställningen?</em></p>{_PANEL}",
        f"<h3>Panel</h3><p>”Vem betalar omställningen?”</p>{_PANEL}",
        f"<h3>Samtal:</h3><p>Vem betalar omställningen?</p>{_PANEL}",
        "<h3>Samtal</h3><p>Vem betalar omställningen?</p><p>Medverkande: Ida Ek, VTI, och Bo Alm, SLU</p>",
    ],
)
def test_question_below_a_label_is_the_topic(item: str) -> None:
    talk = _last(item)
    assert talk.topic.value == "Vem betalar omställningen?"
    assert talk.abstract.value is None
    assert [one.name.value for one in talk.speakers] == ["Ida Ek", "Bo Alm"]


def test_text_below_a_label_tells_of_it() -> None:
    talk = _last(f"<h3>Panelsamtal</h3>{_PANEL}<p>Vem betalar? Panelen var överens om det mesta.</p>")
    assert talk.topic.value == "Panelsamtal"


def test_roles_below_two_names_are_each_ones() -> None:
    talk = _last(
        "<h3>Ida Ek &amp; Bo Alm</h3><p>Inköpschef respektive kock, Frövi Bruk</p><p>Så bytte vi till tåg</p>"
    )
    assert [(one.role.value, one.organisation.value) for one in talk.speakers] == [
        ("Inköpschef", "Frövi Bruk"),
        ("Kock", "Frövi Bruk"),
    ]
