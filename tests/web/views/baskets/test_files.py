"""The files of a basket over the web: who gets what of a basket that somebody shares."""

import io
import zipfile
from collections.abc import Iterator

import pytest
import rispy
from pdfminer.high_level import extract_text
from pptx import Presentation

from archive.citations.formats import FORMATS
from archive.citations.styles import STYLES
from archive.ingest.filetypes.media_types import PDF, PPTX
from archive.web.factory import create_app
from archive.web.http.context import current_baskets
from tests.baskets.gathered_slides import Ground, add, address, ground_in
from tests.web.page_tree import tree
from tests.web.slides import Slide
from tests.web.views.test_originals import client_of

WORD, MEMBERS_WORD, STAFF_WORD = "Bara ord", "Medlemssak", "Personalsak"


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with ground_in(tmp_path_factory.mktemp("shared")) as made:
        yield made


def shared(ground: Ground) -> str:
    """Return what a member's address says, who has gathered what not everybody may see."""
    return address((ground.members, 1), (ground.words, 1), (ground.staff, 1))


def words_of(data: bytes) -> str:
    """Return all words of a PDF or a deck."""
    if data.startswith(b"%PDF-"):
        return extract_text(io.BytesIO(data))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


@pytest.mark.parametrize(
    "path", ["/basket", "/basket/slides.pdf", "/basket/slides.pptx", "/basket/sources/ris"]
)
def test_shared_basket_gives_each_what_they_may_see(ground: Ground, path: str) -> None:
    seen = {}
    for visitor in ("public", "members", "staff"):
        answer = client_of(ground.archive, visitor).get(f"{path}?s={shared(ground)}")
        assert answer.status_code == 200
        words = words_of(answer.data) if path.endswith(("pdf", "pptx")) else answer.text
        seen[visitor] = tuple(word for word in (WORD, MEMBERS_WORD, STAFF_WORD) if word in words)
    assert seen == {
        "public": (WORD,),
        "members": (WORD, MEMBERS_WORD),
        "staff": (WORD, MEMBERS_WORD, STAFF_WORD),
    }


@pytest.mark.parametrize("path", ["/basket/slides.pdf", "/basket/slides.pptx", "/basket/sources/bibtex"])
def test_what_is_not_theirs_is_as_unknown_as_what_never_was(ground: Ground, path: str) -> None:
    client = client_of(ground.archive)
    answers = [
        client.get(f"{path}?s={text}")
        for text in (address((ground.members, 1)), address((ground.staff, 1)), "zzzzzzzzzz.v1.1")
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    bodies = {answer.text.replace(address((ground.members, 1)), "?").replace(address((ground.staff, 1)), "?")
              .replace("zzzzzzzzzz.v1.1", "?") for answer in answers}  # fmt: skip
    assert len(bodies) == 1


@pytest.mark.parametrize("path", ["/basket/slides.pdf", "/basket/slides.pptx", "/basket/sources/ris"])
def test_address_that_cannot_be_used_is_refused(ground: Ground, path: str) -> None:
    client = client_of(ground.archive)
    many = ",".join(f"{ground.deck}.v1.{number}" for number in range(1, 42))
    assert [client.get(f"{path}?s={text}").status_code for text in ("gruva", many, "")] == [400, 400, 404]


def test_unknown_format_says_which_formats_and_styles_there_are(ground: Ground) -> None:
    answer = client_of(ground.archive).get(f"/basket/sources/word?s={address((ground.words, 1))}")
    assert answer.status_code == 404
    assert f"Det finns: {', '.join([*FORMATS, *STYLES])}." in answer.text


def test_citations_of_all_slides_are_in_the_order_of_the_basket(ground: Ground) -> None:
    text = address((ground.report, 2), (ground.deck, 3), (ground.deck, 1))
    answer = client_of(ground.archive).get(f"/basket/sources/ris?s={text}")
    assert answer.headers["Content-Disposition"] == "attachment; filename=bildkorg.ris"
    addresses = [entry["urls"][0] for entry in rispy.loads(answer.text)]
    assert addresses == [
        f"http://localhost/d/{ground.report}/v1/2",
        f"http://localhost/d/{ground.deck}/v1/3",
        f"http://localhost/d/{ground.deck}/v1/1",
    ]


def test_references_are_there_as_text_in_a_style(ground: Ground) -> None:
    text = address((ground.report, 2), (ground.deck, 3))
    answer = client_of(ground.archive).get(f"/basket/sources/apa?s={text}")
    assert answer.mimetype == "text/plain"
    report, deck = answer.text.split("\n\n")[:2]
    assert report.startswith("Handelskammaren")
    assert deck.startswith("Öberg, Å.")
    assert deck.endswith(f"/d/{ground.deck}/v1/3")


def test_slide_of_a_replaced_version_is_shown_with_its_own_picture(ground: Ground) -> None:
    document = add(ground.archive, "Bytt", (Slide("Som det var"),), PPTX, b"first", is_drawn=True)
    add(ground.archive, "Bytt", (Slide("Som det blev"),), PPTX, b"second", is_drawn=True)
    client = client_of(ground.archive)
    page = tree(client, f"/basket?s={document}.v1.1")
    (row,) = page.xpath("//li[@data-ref]")
    assert "Som det var" in row.text_content()
    assert "Ur version 1, som sedan har ersatts" in row.text_content()
    (picture,) = row.xpath(".//img/@src")
    assert client.get(str(picture)).status_code == 200
    (link,) = set(row.xpath(".//a[contains(@href, '/v1/')]/@href"))
    assert "Som det var" in client.get(str(link)).text
    words = words_of(client.get(f"/basket/slides.pdf?s={document}.v1.1").data)
    assert "Somdetvar" in "".join(words.split())  # words laid over a picture stand one by one


def test_those_who_have_the_file_are_not_sent_it_again(ground: Ground) -> None:
    client = client_of(ground.archive)
    query = f"/basket/slides.pdf?s={address((ground.deck, 1))}"
    first = client.get(query)
    assert (first.status_code, first.mimetype) == (200, PDF)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "sandbox" in first.headers["Content-Security-Policy"]
    again = client.get(query, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_deck_that_is_not_handed_out_comes_as_pictures(ground: Ground) -> None:
    query = f"/basket/slides.pptx?s={address((ground.deck, 3))}"
    cut, drawn = (client_of(ground.archive, originals=who).get(query) for who in ("clean", "staff"))
    assert {cut.mimetype, drawn.mimetype} == {PPTX}
    kinds = [
        {shape.shape_type for slide in Presentation(io.BytesIO(one.data)).slides for shape in slide.shapes}
        for one in (cut, drawn)
    ]
    assert 13 not in kinds[0]
    assert 13 in kinds[1]
    assert cut.headers["ETag"] != drawn.headers["ETag"]


def test_those_who_come_when_many_wait_are_told_when_to_come_again(ground: Ground) -> None:
    app = create_app(ground.archive)
    with app.app_context():
        turns = current_baskets().turns
    turns.waiting += 3
    answer = app.test_client().get(f"/basket/slides.pdf?s={address((ground.words, 1))}")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_files_are_in_the_language_of_their_address(ground: Ground) -> None:
    answer = client_of(ground.archive).get(f"/en/basket/slides.pdf?s={address((ground.words, 1))}")
    assert "Sources" in words_of(answer.data)
    assert answer.headers["Content-Disposition"] == "attachment; filename=slide-basket.pdf"
