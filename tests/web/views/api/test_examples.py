"""The programs in docs/api.md and the notebook in examples/ do what they say, on an archive over HTTP.

The notebook's cells are run as one program: a Jupyter kernel would bring twenty packages to run the same.
"""

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from archive.app import Archive
from tests.web.access.visitors import VISITORS
from tests.web.views.api.walking import walked
from tests.web.web_archive import Built

ROOT = Path(__file__).parents[4]
DOCS = (ROOT / "docs" / "api.md").read_text("utf-8")
NOTEBOOK = ROOT / "examples" / "words-over-years.ipynb"
HOME = "http://127.0.0.1:8000"


def test_programs_of_the_documentation_run(
    live: str, archive: Archive, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    programs = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)
    assert len(programs) == 4
    token = VISITORS["reading token"].headers(archive)["Authorization"].removeprefix("Bearer ")
    known: dict[str, Any] = {}
    for program in programs:  # each goes on from the one before it, as a reader does
        exec(program.replace(HOME, live).replace("archive_…", token), known)
    documents = walked(client, "/api/documents")
    pages = walked(client, "/api/pages")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{len(documents)} documents with {len(pages)} pages"
    assert said[1].endswith("the oldest from 2021")
    assert said[2] == "304"
    assert {one["id"] for one in documents} <= {one["id"] for one in known["seen"]}


def test_every_route_of_the_document_stands_in_the_documentation(client: FlaskClient) -> None:
    paths = client.get("/api/openapi.json").get_json(force=True)["paths"]
    told = set(re.findall(r"`(/[^`?\s]*)`", DOCS)) | set(re.findall(r"^GET (/[^?\s]*)", DOCS, re.MULTILINE))
    assert paths.keys() <= told


def test_the_notebook_counts_words_by_year(
    live: str,
    client: FlaskClient,
    built: Built,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ARCHIVE_HOME", live)
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    assert notebook["nbformat"] == 4
    assert all(not cell.get("outputs") for cell in notebook["cells"])
    known: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), known)
    counts: pd.DataFrame = known["counts"]
    for word in known["WORDS"]:
        for year in counts.index:
            assert counts.loc[year, word] == _slides_with(client, word, year)
    assert counts.loc["2021", "kompetens"] > 0
    assert f"/d/{built.strategy}/" in capsys.readouterr().out


def _slides_with(client: FlaskClient, word: str, year: str) -> int:
    """Count the slides of a year on which a word begins like this, by another way than pandas."""
    begins = re.compile(rf"\b{word}", re.IGNORECASE)
    return sum(
        page["date"].startswith(year)
        and any(
            begins.search(block["text"])
            for block in page["blocks"]
            if block["field"] not in ("header", "footer", "layout")
        )
        for page in walked(client, "/api/pages")
    )
