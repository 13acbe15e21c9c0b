"""A page with as many words as a file may have: what is shown of it stays small."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from archive.app import Archive
from archive.catalogue import pages, records
from archive.model.pages import Picture, WordBox
from archive.web.factory import create_app
from tests.filled_archive import add, opened, slide

LINES = 9000
QUESTION = "q=region+kommun"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("bounds")) as filled:
        yield filled


@pytest.fixture(scope="module")
def document_id(archive: Archive) -> str:
    document = add(archive, "Stor", slide("Stor", *["region kommun"] * LINES))
    words = tuple(
        WordBox(word, number % 100 / 100, number // 100 / 200, 0.008, 0.004)
        for number, word in enumerate(["region", "kommun"] * LINES)
    )
    with archive.database.write() as session:
        version_id = records.record(session, document).document.version.id
        picture = Picture(1, 960, 540, 1280, 720, "0" * 64, "0" * 64, words)
        pages.save_picture(session, version_id, picture)
    archive.indexer.catch_up()
    return document


@pytest.fixture(scope="module")
def client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


@pytest.mark.parametrize("address", [f"/?{QUESTION}", "/d/{}/1?" + QUESTION, "/d/{}?" + QUESTION])
def test_marks_of_a_page_are_bounded(client: FlaskClient, document_id: str, address: str) -> None:
    answer = client.get(address.format(document_id))
    assert answer.status_code == 200
    marks = answer.data.count(b"<mark") + answer.data.count(b"<rect")
    assert 0 < marks < 3000
    assert len(answer.data) < 500_000


def test_words_beyond_the_marks_are_still_shown(client: FlaskClient, document_id: str) -> None:
    shown = client.get(f"/d/{document_id}/1?{QUESTION}").data
    assert shown.count(b"kommun") > LINES


def test_page_says_that_not_all_is_marked(client: FlaskClient, document_id: str) -> None:
    sentence = "bara de första är markerade"
    assert sentence in client.get(f"/d/{document_id}/1?{QUESTION}").text
    assert sentence not in client.get(f"/d/{document_id}/1").text
    assert sentence not in client.get(f"/d/{document_id}/1?q=stor").text
