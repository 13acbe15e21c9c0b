"""What other sites show of a link (Open Graph)."""

from flask.testing import FlaskClient
from lxml import html

from tests.web.page_tree import tree
from tests.web.web_archive import Built


def preview(page: html.HtmlElement) -> dict[str, str]:
    return {one.get("property"): one.get("content") for one in page.xpath("//meta[@property]")}


def test_link_to_a_slide_shows_its_picture_and_words(client: FlaskClient, built: Built) -> None:
    shown = preview(tree(client, f"/d/{built.strategy}/3"))
    assert shown["og:title"].startswith("Bild 3: Framgångsfaktorer")
    assert shown["og:description"]
    assert shown["og:locale"] == "sv_SE"
    assert shown["og:image"].startswith(f"http://localhost/d/{built.strategy}/3/large.webp?v=")
    picture = client.get(shown["og:image"])
    assert (picture.status_code, picture.mimetype) == (200, shown["og:image:type"])
    assert int(shown["og:image:width"]) > int(shown["og:image:height"]) > 0


def test_link_to_a_document_shows_its_first_slide(client: FlaskClient, built: Built) -> None:
    shown = preview(tree(client, f"/en/d/{built.strategy}"))
    assert shown["og:image"].startswith(f"http://localhost/en/d/{built.strategy}/1/large.webp?v=")
    assert shown["og:url"] == f"http://localhost/en/d/{built.strategy}"
    assert shown["og:locale"] == "en_GB"


def test_page_without_a_picture_has_none_in_its_preview(client: FlaskClient, built: Built) -> None:
    assert "og:image" not in preview(tree(client, f"/d/{built.steel}/2"))
    assert preview(tree(client, "/"))["og:type"] == "website"
