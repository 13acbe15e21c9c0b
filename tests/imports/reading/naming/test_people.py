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
