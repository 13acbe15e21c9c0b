"""What an address asks for, within bounds: whatever it holds, a page and its links stay small."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from archive.search.question import SHOWN_FACETS
from tests.web.page_tree import links, tree
from tests.web.web_archive import Built

PAGE_MAX_BYTES = 300_000


@pytest.mark.parametrize("value", ["å" * 30, "k8", "x" * 100, '"><script>', "a b"])
@pytest.mark.parametrize(
    ("start", "status"),
    [("/?q=industrin", 200), ("/api/search?q=industrin", 400), ("/filter/year?q=industrin", 200)],
)
def test_page_for_endless_filters_is_small(
    client: FlaskClient, built: Built, start: str, status: int, value: str
) -> None:
    filters = "".join(
        f"&{facet.value}={quote(f'{value}{number}')}" for number in range(60) for facet in SHOWN_FACETS
    )
    answer = client.get(start + filters[:100_000])
    assert answer.status_code == status
    assert len(answer.data) < PAGE_MAX_BYTES


def test_links_hold_nothing_that_pages_do_not_know(client: FlaskClient, built: Built) -> None:
    unknown = f"&okänt={'z' * 5000}&speaker={quote('inte så')}&speaker={built.person}&year={'9' * 101}"
    page = tree(client, f"/?q=industrin{unknown}")
    addresses = links(page, "//a | //link")
    assert any(f"speaker={built.person}" in address for address in addresses)
    bad = ("z" * 20, "9" * 20, "inte")  # longer than any identifier
    assert not [address for address in addresses if any(part in address for part in bad)]


def test_as_many_values_as_people_choose_are_kept(client: FlaskClient, built: Built) -> None:
    years = "".join(f"&year={year}" for year in range(2005, 2025))
    page = tree(client, f"/?q=industrin{years}&kind=deck")
    other = links(page, "//a[@hreflang='en']")[0]
    assert other.count("year=") == 20
    assert "kind=deck" in other
