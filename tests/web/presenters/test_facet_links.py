from archive.web.presenters.facet_links import HEIGHT_PX, SLOT_PX, FacetLink, histogram


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
