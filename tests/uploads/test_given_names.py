import pytest

from archive.uploads.given_names import UNNAMED, given_filename, given_folder


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Årsmöte.pptx", "Årsmöte.pptx"),
        ("A\u030arsmo\u0308te.pptx", "Årsmöte.pptx"),
        ("../../x", "x"),
        ("C:\\Users\\anna\\bild.pptx", "bild.pptx"),
        ("CON.pptx", "CON.pptx"),
        ("عرض تقديمي.pptx", "عرض تقديمي.pptx"),
        ("faktura\u202extp.exe", "fakturaxtp.exe"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("", UNNAMED),
        ("..", UNNAMED),
        ("/", UNNAMED),
    ],
)
def test_name_is_shown_as_people_read_it(given: str, shown: str) -> None:
    assert given_filename(given) == shown


def test_long_name_is_cut_before_its_ending() -> None:
    shown = given_filename("x" * 300 + ".pptx")
    assert len(shown) == 200
    assert shown.endswith("x….pptx")
    assert len(given_filename("x" * 300)) == 200


@pytest.mark.parametrize(
    ("given", "shown"),
    [("Seminarium/Bilder", "Seminarium/Bilder"), ("../..//a/./b\\c", "a/b/c"), ("/", ""), ("", "")],
)
def test_folder_has_no_way_out(given: str, shown: str) -> None:
    assert given_folder(given) == shown
