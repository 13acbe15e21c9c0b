"""Facets as lists and as a picture of years."""

from flask.testing import FlaskClient

from archive.index.schema import Facet
from archive.search.question import Question
from archive.search.results import FacetChoice, ResultPage
from archive.web.presenters.facet_links import HEIGHT_PX, SLOT_PX, FacetLink, facet_lists, histogram


def choice(year: str, groups: int) -> FacetLink:
    return FacetLink(year, year, groups, is_chosen=False, address=f"/?year={year}")


def test_years_stand_in_order_with_room_for_those_without_talks() -> None:
    shown = histogram([choice("2022", 5), choice("2018", 10), choice("2019", 1)])
    assert shown
    assert [(bar.choice.value, bar.x // SLOT_PX, bar.height) for bar in shown.bars] == [
        ("2018", 0, HEIGHT_PX),
        ("2019", 1, 7),
        ("2022", 4, HEIGHT_PX // 2),
    ]
    assert shown.width == 5 * SLOT_PX


def test_two_years_are_no_picture() -> None:
    assert histogram([choice("2021", 1), choice("2022", 1)]) is None


def test_a_wrong_year_does_not_stretch_the_picture() -> None:
    shown = histogram([choice("0202", 1), choice("2021", 1), choice("2022", 1)])
    assert shown
    assert shown.width == 3 * SLOT_PX


def test_a_year_without_talks_keeps_a_bar_to_touch() -> None:
    shown = histogram([choice("2019", 0), choice("2020", 0), choice("2021", 0)])
    assert shown
    assert all(bar.height > 0 for bar in shown.bars)


def result(facets: dict[Facet, list[tuple[str, int]]], total_groups: int, chosen: str = "") -> ResultPage:
    choices = {
        facet: tuple(FacetChoice(value, value, groups, groups, value == chosen) for value, groups in counted)
        for facet, counted in facets.items()
    }
    return ResultPage(Question("x"), (), total_groups, total_groups, 1, 1, choices, is_everything=False)


def test_facet_of_less_than_a_fifth_is_left_out(client: FlaskClient) -> None:
    speakers = {Facet.SPEAKER: [("a", 4), ("b", 3)], Facet.KIND: [("deck", 39), ("report", 1)]}
    with client.application.test_request_context("/?q=x"):
        assert [one.key for one in facet_lists(result(speakers, 40), Question("x"))] == ["kind"]
        assert [one.key for one in facet_lists(result(speakers, 35), Question("x"))] == ["speaker", "kind"]
        assert [one.key for one in facet_lists(result(speakers, 40, "a"), Question("x"))] == [
            "speaker",
            "kind",
        ]


def test_results_without_a_year_are_counted(client: FlaskClient) -> None:
    facets = {Facet.YEAR: [("2021", 2), ("2022", 1)], Facet.SPEAKER: [("a", 3)]}
    with client.application.test_request_context("/?q=x"):
        missing = {one.key: one.missing for one in facet_lists(result(facets, 8), Question("x"))}
        chosen = facet_lists(result(facets, 8, "2021"), Question("x"))
    assert missing == {"year": 5, "speaker": 0}, "a talk may have several speakers"
    assert chosen[0].missing == 0
