"""A file has a row for each hit that a search shows to the visitor, in its order, and no other."""

import random

import pytest

from archive.index.schema import Facet
from archive.index.search import Sort
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.results import ResultPage
from tests.downloads.taking import rows, taken, wanted
from tests.sample_archive import MEMBERS_ONLY, STAFF_ONLY, Sample

_QUESTIONS = 200
_WORDS = (
    *("gemensam", "kommun", "steel", "region", "verkstad", "varslet", "viskning", "lön", "porto", "export"),
    *("finnsinte", "kompetens*", '"gemensam kommun"', "-steel", "talare:doris", "titel:framtid", "år:2021"),
    *("Innersta", "Gävleborg", "demand", "OR", "typ:rapport"),
)
_FILTERS = (
    (Facet.YEAR, ("2021", "2019", "2018", "2022")),
    (Facet.KIND, ("deck", "report")),
    (Facet.LANGUAGE, ("sv", "en")),
    (Facet.REGION, ("SE312", "SE110", "SE31")),
)


def _random_question(chance: random.Random) -> Question:
    words = " ".join(chance.choices(_WORDS, k=chance.randint(0, 3)))
    filters = {
        facet: tuple(chance.sample(values, chance.randint(1, 2)))
        for facet, values in _FILTERS
        if chance.random() < 0.15
    }
    return Question(words, filters, chance.choice(list(Sort)), widen=chance.random() < 0.8)


def test_rows_are_as_many_as_a_page_of_results_says(sample: Sample) -> None:
    chance = random.Random(19)
    archive, wrong, found = sample.archive, [], 0
    for _ in range(_QUESTIONS):
        question = _random_question(chance)
        for visitor in Visibility:
            page = archive.search.search(question, visitor)
            got = rows(archive, wanted(question, visitor))
            told = archive.downloads.totals(question, visitor)
            found += page.total_slides
            expected = (page.total_slides, page.total_groups)
            is_right = (
                len(got) == page.total_slides
                and told == expected
                and {(row["hit_count"], row["talk_count"]) for row in got} <= {expected}
                and len({(row["document_id"], row["page"]) for row in got}) == len(got)
            )
            if not is_right:
                wrong.append((question, visitor, expected, told, len(got)))
    assert not wrong
    assert found > _QUESTIONS


@pytest.mark.parametrize("sort", Sort)
def test_talks_come_in_the_order_of_the_page_of_results(sample: Sample, sort: Sort) -> None:
    question = Question("kommun steel", sort=sort)
    page = sample.archive.search.search(question, Visibility.STAFF)
    got = rows(sample.archive, wanted(question, Visibility.STAFF))
    titles = list(dict.fromkeys(row["title"] for row in got))
    assert titles == [group.title for group in page.groups]
    assert [row["has_all_words"] for row in got] == sorted(
        (row["has_all_words"] for row in got), reverse=True
    )
    assert _all_words(page) == {row["title"]: row["has_all_words"] for row in got}


def _all_words(page: ResultPage) -> dict[str, bool]:
    return {group.title: group.has_all_words for group in page.groups}


def test_pages_of_a_talk_come_as_they_are_read(sample: Sample) -> None:
    got = rows(sample.archive, wanted())
    assert [row["page"] for row in got if row["document_id"] == sample.strategy] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "file_format", ["csv", "csv-excel", "jsonl", "ris", "bibtex", "biblatex", "csl-json"]
)
def test_nobody_meets_a_word_of_what_they_may_not_see(sample: Sample, file_format: str) -> None:
    hidden_from = {Visibility.PUBLIC: (*MEMBERS_ONLY, *STAFF_ONLY), Visibility.MEMBERS: STAFF_ONLY}
    for visitor, words in hidden_from.items():
        for text in ("gemensam", "", "-finnsinte"):
            file = taken(sample.archive, wanted(text, visitor, file_format)).decode()
            assert file
            assert [word for word in words if word.casefold() in file.casefold()] == []


def test_staff_get_notes_and_hidden_slides_and_see_what_they_are(sample: Sample) -> None:
    got = rows(sample.archive, wanted("gemensam", Visibility.STAFF))
    of_strategy = {row["page"]: row for row in got if row["document_id"] == sample.strategy}
    assert "viskning" in of_strategy[2]["text"]
    assert of_strategy[6]["visibility"] == "staff"
    assert of_strategy[5]["visibility"] == "public"


def test_columns_say_what_the_records_say(sample: Sample) -> None:
    (row,) = rows(sample.archive, wanted('"gemensam verkstad"'))
    assert {name: row[name] for name in row if name not in ("downloaded_at", "event_id", "talk_id")} == {
        "address": f"https://arkiv.example.org/d/{sample.strategy}/v1/2",
        "document_id": sample.strategy,
        "version": 1,
        "page": 2,
        "page_title": "Kommunen i tre län",
        "title": "Strategi för omställning",
        "event": "Hållbara dagar",
        "date": "2021-11-24",
        "speakers": ["Maja Ekström"],
        "organisations": ["Region Dalarna"],
        "regions": ["Dalarnas län"],
        "focus_areas": ["Framtidens verkstäder"],
        "publisher": "",
        "kind": "deck",
        "language": "sv",
        "visibility": "public",
        "has_all_words": True,
        "snippet": "gemensam verkstad · kommuner och kommun",
        "text": "Kommunen i tre län\ngemensam verkstad\nkommuner och kommun\nkommun 2021",
        "question": '"gemensam verkstad"',
        "question_address": "https://arkiv.example.org/?q=gemensam",
        "licence": "https://rightsstatements.org/vocab/InC/1.0/",
        "hit_count": 1,
        "talk_count": 1,
    }


def test_question_that_finds_nothing_gives_a_table_without_rows(sample: Sample) -> None:
    assert rows(sample.archive, wanted("finnsinte")) == []
    assert taken(sample.archive, wanted("finnsinte", file_format="csv")).count(b"\r\n") == 1
