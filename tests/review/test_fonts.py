"""Fonts that this machine lacks are known where fontconfig is installed; nothing is claimed elsewhere."""

import pytest

from archive.review.fonts import installed_fonts, lacks_font


def test_unknown_font_is_lacking_only_where_fontconfig_tells() -> None:
    assert lacks_font("Typsnittet Som Inte Finns") is bool(installed_fonts())


def test_installed_font_is_not_lacking_however_it_is_written() -> None:
    for name in installed_fonts():
        assert not lacks_font(f" {name.upper()} ".replace(" ", "  "))


@pytest.mark.skipif("carlito" not in installed_fonts(), reason="Carlito is not installed on this machine")
def test_font_of_the_same_widths_is_as_good() -> None:
    assert not lacks_font("Calibri")
