"""The page that offers hits to take along, and the files: headers, bounds, what is refused."""

import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from archive.app import Archive
from archive.downloads import downloading
from archive.downloads.downloading import Downloading
from archive.downloads.formats import FORMATS
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.waiting import HANG_S
from tests.web.page_tree import text
from tests.web.web_archive import Built


def _links(answer: TestResponse) -> list[str]:
    return [str(link) for link in html.fromstring(answer.text).xpath("//main//a/@href")]


def _bounded(archive: Archive, **bounds: object) -> FlaskClient:
    """Return a client of the same archive with other bounds of downloads."""
    settings = Settings.model_validate({"data": archive.settings.data, "downloads": bounds})
    parts = (archive.database, archive.originals, archive.engine, archive.analyzer, archive.search)
    own = replace(archive, settings=settings, downloads=Downloading(*parts, settings))
    return create_app(own).test_client()


def test_number_on_the_page_of_results_is_the_number_of_rows(client: FlaskClient) -> None:
    for query in (
        "q=industrin",
        "q=industrin&year=2021",
        "kind=report",
        "q=industrin&view=slides&sort=title",
    ):
        results = client.get(f"/?{query}")
        (link,) = [one for one in _links(results) if one.startswith("/download?")]
        total = client.get(f"/api/search?{query}").get_json()["total"]
        page = client.get(link)
        files = [one for one in _links(page) if one.startswith("/download/")]
        assert len(files) == len(FORMATS)
        shown = text(html.fromstring(results.text).xpath(f'//main//a[@href="{link}"]')[0])
        assert shown == f"Ladda ner träffarna ({total})"
        (lines,) = [one for one in files if one.startswith("/download/jsonl")]
        got = client.get(lines).text.splitlines()
        assert len(got) == total > 0
        label = text(html.fromstring(page.text).xpath(f'//main//a[@href="{lines}"]')[0])
        assert label in (f"JSON Lines – {total} träffar", f"JSON Lines – {total} träff")


def test_page_without_hits_offers_nothing(client: FlaskClient) -> None:
    page = client.get("/download?q=finnsinte")
    assert page.status_code == 200
    assert not [one for one in _links(page) if one.startswith("/download/")]
    assert not [one for one in _links(client.get("/?q=finnsinte")) if one.startswith("/download")]


def test_page_speaks_english(client: FlaskClient) -> None:
    page = client.get("/en/download?q=industrin")
    assert "Download the hits for" in text(html.fromstring(page.text).xpath("//h1")[0])
    assert any(one.startswith("/en/download/csv?") for one in _links(page))


def test_pages_of_records_lead_to_their_slides(client: FlaskClient, built: Built) -> None:
    for address in (f"/e/{built.autumn}", f"/p/{built.person}", f"/o/{built.organisation}", "/r/SE31"):
        (link,) = [one for one in _links(client.get(address)) if one.startswith("/download?")]
        assert [one for one in _links(client.get(link)) if one.startswith("/download/csv")]


def test_file_says_its_name_and_is_for_no_robot_and_no_cache(client: FlaskClient) -> None:
    answer = client.get("/download/csv?q=åtgärder+för+industrin")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="Arkivet atgarder for industrin ')
    assert "filename*=UTF-8''Arkivet%20%C3%A5tg%C3%A4rder%20f%C3%B6r%20industrin%20" in disposition
    assert disposition.endswith(".csv")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "/download" in client.get("/robots.txt").text
    assert client.get("/download?q=industrin").headers["X-Robots-Tag"] == "noindex, nofollow"


def test_name_of_a_file_cannot_leave_its_header(client: FlaskClient) -> None:
    answer = client.get("/download/csv?q=%0D%0ASet-Cookie:+a%3Db+../../x%00")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "/" not in answer.headers["Content-Disposition"].removeprefix("attachment; ").replace("''", "")


def test_head_says_the_same_and_makes_nothing(client: FlaskClient) -> None:
    got, headed = client.get("/download/jsonl?q=industrin"), client.head("/download/jsonl?q=industrin")
    assert headed.status_code == 200
    assert headed.data == b""
    assert dict(headed.headers) == dict(got.headers)
    assert "Content-Length" not in headed.headers  # nobody may take the file for an empty one


def test_addresses_in_a_file_are_whole_and_answer(client: FlaskClient) -> None:
    rows = [json.loads(line) for line in client.get("/en/download/jsonl?q=industrin").text.splitlines()]
    assert all(row["address"].startswith("http://localhost/d/") for row in rows)
    assert {row["question_address"] for row in rows} == {"http://localhost/en/?q=industrin"}
    assert client.get(rows[0]["address"].removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize("name", ["docx", "csv.exe", "CSV"])
def test_unknown_format_says_which_there_are(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/download/{name}?q=industrin")
    assert answer.status_code == 404
    assert "csv, csv-excel, xlsx, jsonl, parquet, bibtex" in answer.text


def test_filter_that_cannot_be_gives_no_empty_file(client: FlaskClient, built: Built) -> None:
    wrong = client.get("/download/csv?year=20x")
    assert (wrong.status_code, "Ange fyra siffror" in wrong.text) == (400, True)
    unknown = client.get("/en/download/csv?event=zzzzzzzzzz")
    assert (unknown.status_code, "stands for as" in unknown.text) == (404, True)
    assert client.get(f"/download/csv?event={built.autumn}").text.count("\n") > 1


def test_format_that_is_not_installed_is_not_offered_and_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "find_spec", lambda name: None)
    answer = client.get("/download/parquet?q=industrin")
    assert answer.status_code == 501
    assert "Välj ett annat format" in answer.text
    assert not [one for one in _links(client.get("/download?q=industrin")) if "parquet" in one]


def test_visitor_who_asks_too_often_is_told_when_to_come_again(archive: Archive, built: Built) -> None:
    client = _bounded(archive, per_hour_max=2)
    for _ in range(2):
        client.get("/download/csv?q=industrin", buffered=True)
    answer = client.get("/download/csv?q=industrin")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3601
    assert client.head("/download/csv?q=industrin").status_code == 200
    assert client.get("/download?q=industrin").status_code == 200


def test_one_visitor_has_not_all_places(archive: Archive, built: Built) -> None:
    client = _bounded(archive, per_visitor_max=1, at_once_max=2)
    running = client.get("/download/csv?q=industrin")
    assert client.get("/download/csv?q=industrin").status_code == 429
    far = {"REMOTE_ADDR": "203.0.113.9"}
    other = client.get("/download/csv?q=industrin", environ_overrides=far)
    full = client.get("/download/csv?q=industrin", environ_overrides={"REMOTE_ADDR": "203.0.113.10"})
    assert (other.status_code, full.status_code) == (200, 503)
    assert full.headers["Retry-After"] == "30"
    running.close()
    other.close()
    assert client.get("/download/csv?q=industrin", buffered=True).status_code == 200


def test_requests_are_counted_while_they_are_answered(client: FlaskClient, archive: Archive) -> None:
    for address in ("/?q=industrin", "/missing", "/download/docx"):
        client.get(address)
    archive.downloads.turns.traffic.wait_until_calm(HANG_S)
    assert archive.downloads.turns.traffic.is_calm
