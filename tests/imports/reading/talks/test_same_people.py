"""What topics, or headings above them, say of the organisations that their speakers are from."""

import pytest

from archive.model.seminar_pages.seminar_page import ReadTalk
from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_TOLD = (
    ("Region Dalarna", "Mobila team i Älvdalen", "Ida Ek", "överläkare"),
    ("Region Västerbotten", "Digital vårdcentral på riktigt", "Bo Alm", "projektledare"),
    ("Habo kommun", "Hemtjänsten i byn", "Åsa Berg", "enhetschef"),
)


def _talks(form: str) -> tuple[ReadTalk, ...]:
    told = "".join(
        form.format(firm=firm, topic=topic, name=name, role=role) for firm, topic, name, role in _TOLD
    )
    page = read(html(f"<main><h1>Nära vård</h1><p>Falun den 3 maj 2021.</p>{told}</main>"))
    return page.events[0].talks


@pytest.mark.parametrize(
    "form",
    [
        "<h2>{firm}: {topic}</h2><p>{name}, {role}, berättade om sin vardag på jobbet det året.</p>",
        "<h2>{firm} – {topic}</h2><p>{name}, {role}</p><p>Om vägen dit.</p>",
        "<h3>{topic} ({firm})</h3><p>Medverkande: {name}, {role}</p>",
        "<h3>Exempel från {firm}: {topic}</h3><p><strong>{name}</strong>, {role}</p>",
        "<h3>{topic} | {firm}</h3><p>{role} {name}</p>",
        "<h2>{firm}</h2><h3>{topic}</h3><p>{name}, {role}</p>",
        "<p><strong>{firm}: {topic}</strong><br>{name}, {role}</p>",
        "<p><strong>{firm}</strong><br>{topic}<br>{name}, {role}</p>",
        "<li>{firm}: {topic}. {name}, {role}</li>",
        "<h2>{topic}</h2><p>{firm}: {name}, {role}</p>",
    ],
)
def test_organisations_of_topics_are_their_speakers(form: str) -> None:
    found = [
        (
            talk.speakers[0].organisation.value,
            talk.topic.value,
            talk.speakers[0].name.value,
            str(talk.speakers[0].role.value).lower(),
        )
        for talk in _talks(form)
    ]
    assert found == list(_TOLD)


def test_one_topic_that_names_an_organisation_is_left_as_it_is() -> None:
    page = read(
        html(
            "<main><h1>Väg och järnväg</h1><p>Falun den 3 maj 2021.</p>"
            "<h2>Trafikverket: vän eller fiende?</h2><p>Ida Ek, lokförare</p>"
            "<h2>Att köra tåg</h2><p>Bo Alm, lokförare</p></main>"
        )
    )
    first = page.events[0].talks[0]
    assert first.topic.value == "Trafikverket: vän eller fiende?"
    assert first.speakers[0].organisation.value is None
