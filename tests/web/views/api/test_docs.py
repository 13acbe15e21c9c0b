"""What docs/api.md says of the JSON answers is so."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pydantic import BaseModel

from archive.index.search import Sort
from archive.model.jobs import JobKind
from archive.search.question import SHOWN_FACETS, View
from archive.search.suggestions import SuggestionKind
from archive.web.presenters.api import answers, search_answers
from archive.web.presenters.api.search_answers import SuggestionAnswer
from tests.web.web_archive import Built

DOCS = (Path(__file__).parents[4] / "docs" / "api.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL))
EXAMPLES = re.findall(r"^GET (\S+)$", DOCS, re.MULTILINE)


def named(section: str, heading: str) -> list[str]:
    """Return the names in the first column of the table with this heading."""
    (table,) = re.findall(rf"^\| {heading} \|.*\n\|---.*\n((?:\|.*\n)+)", SECTIONS[section], re.MULTILINE)
    return [name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])]


def row(section: str, name: str) -> list[str]:
    """Return what is set as code in the second column of the row of `name`."""
    (cell,) = re.findall(rf"^\| `{name}` \| (.*) \|$", SECTIONS[section], re.MULTILINE)
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize(
    ("section", "heading", "model"),
    [
        ("Search", "answer", search_answers.SearchResponse),
        ("Search", "of a hit", search_answers.Hit),
        ("Search", "of a group", search_answers.Group),
        ("Search", "of a facet's value", search_answers.FacetValue),
        ("Suggestions", "answer", search_answers.SuggestionAnswer),
        ("Suggestions", "of a suggestion", search_answers.SuggestedItem),
        ("Health", "answer", answers.HealthAnswer),
        ("Errors", "answer", answers.ProblemAnswer),
    ],
)
def test_every_field_is_described_and_no_other(section: str, heading: str, model: type[BaseModel]) -> None:
    assert sorted(named(section, heading)) == sorted(model.model_fields)


def test_every_parameter_of_a_search_is_described_with_its_values() -> None:
    usual = ["q", "sort", "page", "view", "only"]
    assert sorted(named("Search", "parameter")) == sorted([*usual, *(facet.value for facet in SHOWN_FACETS)])
    assert row("Search", "sort") == [one.value for one in Sort]
    assert row("Search", "view") == [one.value for one in View]


def test_every_kind_of_suggestion_and_job_is_described() -> None:
    assert row("Suggestions", "kind") == [one.value for one in SuggestionKind]
    assert row("Health", "pending") == [one.value for one in JobKind]


@pytest.mark.parametrize("address", EXAMPLES)
def test_every_address_answers(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "application/json")


def test_all_three_interfaces_have_an_example() -> None:
    assert [address.partition("?")[0] for address in EXAMPLES] == ["/api/search", "/suggest", "/healthz"]


def test_example_of_suggestions_has_the_form_of_an_answer(client: FlaskClient, built: Built) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", SECTIONS["Suggestions"], re.DOTALL)
    (said,) = SuggestionAnswer.model_validate_json(example).suggestions
    answer = SuggestionAnswer.model_validate_json(client.get("/suggest?q=region+v").data)
    (given,) = (one for one in answer.suggestions if one.text == said.text)
    assert given.kind == said.kind
    assert re.sub(r"\w{10}$", "", given.url) == re.sub(r"\w{10}$", "", said.url)


def test_suggestions_need_two_letters_and_are_five_at_most(client: FlaskClient) -> None:
    assert client.get("/suggest?q=r").get_json() == {"suggestions": []}
    found = client.get("/suggest?q=in").get_json()["suggestions"]
    assert 1 <= len(found) <= 5
