"""Which pages lead to pages of single seminars, read by the reader of pages."""

from pathlib import Path

import pytest

from archive.imports.known import known_names
from archive.imports.opening import open_reading
from archive.imports.reading_out import seminar_addresses
from archive.imports.sources.base import GivenBytes
from archive.settings.settings import Settings

SITE = "https://forening.example"
SHARED = Path(__file__).parents[3] / "shared" / "pages"
MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("hem", "om-oss", "kontakt", "medlem"))
SEMINARS = (
    ("2022/smart-industri", "Smart industri, 19 maj 2022"),
    ("2022/skogsriket", "Skogsriket – seminarium i Kopparberg"),
    ("2022/vatten", "Vattnet i Bergslagen, hösten 2022"),
    ("2022/framtid", "Framtidens näringar"),
)


def page(body: str, address: str = f"{SITE}/seminarier/") -> tuple[str, ...]:
    html = f"<!doctype html><html lang=sv><body><nav><ul>{MENU}</ul></nav><main>{body}</main></body></html>"
    reading = open_reading(Settings(data=Path("nowhere")), lambda: known_names(()))
    given = GivenBytes(html.encode(), address, "", "text/html; charset=utf-8")
    return reading.read_out(given).page.seminar_addresses


def listed(*names: tuple[str, str]) -> str:
    return "<ul>" + "".join(f'<li><a href="{path}">{words}</a></li>' for path, words in names) + "</ul>"


def test_a_list_leads_to_its_seminars_in_order_and_to_nothing_else() -> None:
    program = "<p><a href='/filer/program-2022.pdf'>Program 2022</a></p>"
    body = f"<h1>Våra seminarier</h1>{listed(*SEMINARS)}{program}"
    assert page(body) == tuple(f"{SITE}/seminarier/{path}" for path, _ in SEMINARS)


def test_two_links_or_links_to_anything_are_no_list() -> None:
    assert page(f"<h1>Seminarier</h1>{listed(*SEMINARS[:2])}") == ()
    others = listed(("/a/kaffe", "Kaffe"), ("/a/te", "Te"), ("/a/vatten", "Vatten"))
    assert page(f"<h1>Drycker</h1>{others}") == ()


def test_a_seminar_s_own_page_is_no_list_though_it_leads_to_others() -> None:
    talks = "".join(
        f"<li>Anna Ek, strateg, Region Dalarna: Om {topic}</li>" for topic in ("skogen", "gruvan", "stålet")
    )
    body = f"<h1>Smart industri 19 maj 2022</h1><h2>Program</h2><ul>{talks}</ul><h2>Fler seminarier</h2>"
    assert page(body + listed(*SEMINARS), f"{SITE}/seminarier/2022/smart-industri") == ()


@pytest.mark.parametrize("name", ["skogsriket", "valfardsdagen", "industriforum", "seminarieserie"])
def test_pages_of_seminars_are_no_lists(name: str) -> None:
    file = SHARED / f"{name}.html"
    if not file.is_file():
        pytest.skip("the shared pages are not here")
    reading = open_reading(Settings(data=Path("nowhere")), lambda: known_names(()))
    given = GivenBytes(file.read_bytes(), f"{SITE}/seminarier/2022/x/", file.name)
    assert seminar_addresses(reading.read_out(given).page) == ()
