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


def form_with(page: html.HtmlElement, button: str) -> html.FormElement:
    """Return the one form with a button whose words begin so."""
    found = page.xpath("//form[.//button[starts-with(normalize-space(.), $words)]]", words=button)
    (form,) = found
    assert isinstance(form, html.FormElement)
    return form


def rows_of(page: html.HtmlElement, caption: str) -> list[list[str]]:
    """Return the texts of the cells of a table, row by row, without its head."""
    (table,) = page.xpath("//table[normalize-space(caption) = $words]", words=caption)
    return [[text(cell) for cell in row] for row in table.xpath("./tbody/tr")]
