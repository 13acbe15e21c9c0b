import pytest

from archive.imports.reading.naming.people import people_in
from archive.imports.reading.pieces import Piece
from archive.review.folding import joined


def _people(text: str) -> list[tuple[str, str, str]]:
    found = people_in(Piece(text, 0, 0))
    told = ((one.value, one.role or one.title, one.organisation) for one in found)
    return [
        (name, role if isinstance(role, str) else role.text, organisation.text if organisation else "")
        for name, role, organisation in told
    ]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        (
            "Ada Roos, strateg skog och livsmedel Region Dalarna",
            ("Ada Roos", "strateg skog och livsmedel", "Region Dalarna"),
        ),
        ("Bo af Wik, professor i skogsskötsel vid SLU", ("Bo af Wik", "professor i skogsskötsel", "SLU")),
        (
            "Region Örebro läns strateg Samira El-Khatib",
            ("Samira El-Khatib", "strateg", "Region Örebro län"),
        ),
        (
            "Prof. Joost van der Veldt, Wageningen University",
            ("Joost van der Veldt", "Professor", "Wageningen University"),
        ),
        ("Ulla Backe (S), kommunalråd Norrbo kommun", ("Ulla Backe", "kommunalråd", "Norrbo kommun")),
        (
            "Jan-Erik »Jerka« Wallin, hamnchef, Gävle Djuphamn",
            ("Jan-Erik Wallin", "hamnchef", "Gävle Djuphamn"),
        ),
        ("SMHI, Torgny Alriksson-Kvist", ("Torgny Alriksson-Kvist", "", "SMHI")),
        ("Conny Tegelid (Robotdalen Väst)", ("Conny Tegelid", "", "Robotdalen Väst")),
        (
            "Moa Ring, fil. dr, Institutet för regionala studier",
            ("Moa Ring", "fil. dr", "Institutet för regionala studier"),
        ),
        (
            "Love Hag, utredare, Havs- och vattenmyndigheten",
            ("Love Hag", "utredare", "Havs- och vattenmyndigheten"),
        ),
        (
            "Kim Lee, Head of Policy, Open Mobility Foundation",
            ("Kim Lee", "Head of Policy", "Open Mobility Foundation"),
        ),
    ],
)  # fmt: skip
def test_role_and_organisation_stand_beside_the_name(text: str, person: tuple[str, str, str]) -> None:
    assert _people(text) == [person]


def test_people_named_in_one_breath_share_what_stands_behind_them() -> None:
    assert _people("Nguyen Thi Lan och Ola Brandt, forskare, Högskolan Dalarna") == [
        ("Nguyen Thi Lan", "forskare", "Högskolan Dalarna"),
        ("Ola Brandt", "forskare", "Högskolan Dalarna"),
    ]


def test_both_says_that_the_organisation_is_everybodys() -> None:
    assert _people("Amir Tavassoli, överläkare, och Siv Nyhlén, projektledare, båda Region Dalarna") == [
        ("Amir Tavassoli", "överläkare", "Region Dalarna"),
        ("Siv Nyhlén", "projektledare", "Region Dalarna"),
    ]


def test_organisation_that_looks_like_a_name_is_none() -> None:
    people = _people("Habib Ouedraogo, vd, Kohlsva Gjutmekan och Anna Pihl, chef, Region Västmanland")
    assert people == [
        ("Habib Ouedraogo", "vd", "Kohlsva Gjutmekan"),
        ("Anna Pihl", "chef", "Region Västmanland"),
    ]


@pytest.mark.parametrize(
    "text", ["Norra Mellansverige", "Region Dalarna", "Spår Ett", "Länk Här", "Svenska Bruk AB"]
)
def test_words_in_capitals_are_no_people(text: str) -> None:
    assert _people(text) == []


def test_names_that_the_archive_has_are_sure() -> None:
    known = frozenset([joined("Xqz Wrt")])
    assert [one.certainty for one in people_in(Piece("Xqz Wart, Axqz Wrtt", 0, 0), known)] != [1.0]
    assert [
        one.certainty for one in people_in(Piece("Xaqz Wart", 0, 0), frozenset([joined("Xaqz Wart")]))
    ] == [1.0]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Karlstads universitet, rektor Ida Ek", ("Ida Ek", "rektor", "Karlstads universitet")),
        ("Statskontoret: utredare Ida Ek", ("Ida Ek", "utredare", "Statskontoret")),
        ("Bruksmetall AB – forskningschef Ida Ek", ("Ida Ek", "forskningschef", "Bruksmetall AB")),
        (
            "Region Gävleborg, regional utvecklingsdirektör Ida Ek",
            ("Ida Ek", "regional utvecklingsdirektör", "Region Gävleborg"),
        ),
        ("Ida Ek, Restaurang Kajutan i Orsa", ("Ida Ek", "", "Restaurang Kajutan i Orsa")),
        ("Ida Ek, 4H Dalarna", ("Ida Ek", "", "4H Dalarna")),
        ("Ida Ek, Saxåns Vildmark", ("Ida Ek", "", "Saxåns Vildmark")),
        ("Ida Ek, Lokförare", ("Ida Ek", "Lokförare", "")),
        ("Ida Ek, kommunpolis", ("Ida Ek", "kommunpolis", "")),
    ],
)
def test_what_somebody_is_stands_before_or_behind(text: str, person: tuple[str, str, str]) -> None:
    assert _people(text) == [person]


@pytest.mark.parametrize(
    ("text", "roles", "firms"),
    [
        (
            "Ida Ek och Bo Al, inköpschef respektive kock, Frövi Bruk",
            ("inköpschef", "kock"),
            ("Frövi Bruk",) * 2,
        ),
        ("Ida Ek & Bo Al, rektor resp. lärare vid Örebro universitet", ("rektor", "lärare"), ()),
        ("Ida Ek och Bo Al, forskare, SLU respektive VTI", ("forskare", "forskare"), ("SLU", "VTI")),
    ],
)
def test_what_each_is_respectively(text: str, roles: tuple[str, ...], firms: tuple[str, ...]) -> None:
    found = _people(text)
    assert [name for name, _, _ in found] == ["Ida Ek", "Bo Al"]
    assert tuple(role for _, role, _ in found) == roles
    assert not firms or tuple(firm for _, _, firm in found) == firms


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("riksdagsledamöterna", "riksdagsledamöterna Ida Ek (M), Bo Al (S) och Moa Ring (C)"),
        ("kommunalråden", "kommunalråden Ida Ek, Bo Al och Moa Ring"),
        ("sjuksköterskorna", "sjuksköterskorna Ida Ek, Bo Al och Moa Ring"),
        ("ombudsmännen", "ombudsmännen Ida Ek, Bo Al och Moa Ring"),
    ],
)
def test_a_role_of_several_is_of_each(role: str, text: str) -> None:
    assert [found[1] for found in _people(text)] == [role] * 3
