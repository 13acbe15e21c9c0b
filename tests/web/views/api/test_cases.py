"""2,000 cases of schemathesis find nothing wrong; `bench.api_cases` asks ten times as many."""

import pytest
from flask import Flask

pytestmark = pytest.mark.long

EXAMPLES_MAX = 40
CASES_MIN = 2_000


def test_no_question_that_the_document_allows_or_forbids_is_answered_otherwise(app: Flask) -> None:
    from tests.web.views.api.cases import ask  # imports schemathesis, which only one process needs

    asked = ask(app, EXAMPLES_MAX, seed=19)
    assert not asked.failures
    assert asked.count >= CASES_MIN
    assert {
        "negative_data_rejection",
        "response_schema_conformance",
        "unsupported_method",
    } <= asked.checks.keys()
