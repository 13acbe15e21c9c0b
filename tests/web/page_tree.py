"""Reads pages of the test client as a tree."""

from flask.testing import FlaskClient
from lxml import html


def tree(client: FlaskClient, address: str, status: int = 200) -> html.HtmlElement:
    """Return a page as a tree; fail where the status is another."""
    response = client.get(address)
    assert response.status_code == status, address
    assert response.mimetype == "text/html"
    return html.fromstring(response.get_data(as_text=True))


def text(element: html.HtmlElement) -> str:
    """Return an element's text with white space run together."""
    return " ".join(str(element.text_content()).split())


def texts(page: html.HtmlElement, path: str) -> list[str]:
    """Return the texts of all elements at an XPath."""
    found = page.xpath(path)
    assert isinstance(found, list)
    return [text(one) for one in found if isinstance(one, html.HtmlElement)]


def links(page: html.HtmlElement, path: str) -> list[str]:
    """Return the addresses of all links at an XPath."""
    found = page.xpath(f"{path}/@href")
    assert isinstance(found, list)
    return [str(one) for one in found]
