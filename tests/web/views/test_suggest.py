from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from archive.web.presenters.api.search_answers import SuggestedItem, SuggestionAnswer
from tests.web.web_archive import Built


def suggested(client: FlaskClient, typed: str) -> tuple[SuggestedItem, ...]:
    response = client.get(f"/suggest?q={quote(typed)}")
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    return SuggestionAnswer.model_validate_json(response.data).suggestions


@pytest.mark.parametrize("typed", ["maja", "region", "norra", "framtid", "järnv", "signal"])
def test_each_suggestion_leads_to_a_page_that_shows_it(client: FlaskClient, built: Built, typed: str) -> None:
    found = suggested(client, typed)
    assert 1 <= len(found) <= 5
    for one in found:
        body = client.get(one.url).get_data(as_text=True)
        assert "Inga träffar" not in body
        assert one.text in body or one.text in body.lower()


def test_suggestions_show_nothing_that_only_staff_may_see(client: FlaskClient, staff: FlaskClient) -> None:
    for typed in ("ines", "förtrol", "styrels", "varsl"):
        assert suggested(client, typed) == ()
        assert suggested(staff, typed)


@pytest.mark.parametrize("typed", ["", " ", "x", "<script>", "\x00", "😀😀", "å" * 10_000, '"', "talare:"])
def test_any_text_gives_an_answer(client: FlaskClient, typed: str) -> None:
    assert suggested(client, typed) == ()


def test_search_box_says_where_suggestions_are(client: FlaskClient) -> None:
    for address in ("/", "/?q=kompetens"):
        assert b'data-suggestions="/suggest"' in client.get(address).data
