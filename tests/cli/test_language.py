"""The command line in the system's language."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from archive.cli.language import install, translated
from archive.errors import SettingsError
from archive.ingest.filetypes.stand_ins import UNKNOWN_TYPE
from scripts.texts import SWEDISH, command_line_texts, texts_of_click
from tests.cli.commands import Run, run_anew

SWEDEN = {"LC_ALL": "sv_SE.UTF-8"}


@pytest.fixture
def swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    install()


def test_every_text_has_a_translation_and_none_is_left_over() -> None:
    with SWEDISH.open("rb") as file:
        messages = {message.id: message.string for message in read_po(file, locale="sv") if message.id}
    known = {one if isinstance(one, str) else tuple(one) for one in messages}
    assert known - command_line_texts() - texts_of_click() == set()
    assert command_line_texts() - known == set(), "`make texts` gathers them, translations/sv wants them"
    empty = [
        one for one, told in messages.items() if not all([told] if isinstance(told, str) else told or [""])
    ]
    assert empty == []


def test_translations_keep_every_value() -> None:
    with SWEDISH.open("rb") as file:
        for message in read_po(file, locale="sv"):
            assert not list(message.check(None)), message.id
            if isinstance(message.id, str) and "{}" in message.id:
                assert message.id.count("{}") == str(message.string).count("{}"), message.id


def test_compiled_translations_agree_with_their_source() -> None:
    def texts(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
        parts = ((one.id, one.string) for one in catalogue if one.id)
        return {_parts(made): _parts(told or "") for made, told in parts}

    with SWEDISH.open("rb") as file, SWEDISH.with_suffix(".mo").open("rb") as compiled:
        assert texts(read_mo(compiled)) == texts(read_po(file, locale="sv"))


def _parts(told: str | Sequence[str]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told)


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"LC_ALL": "sv_SE.UTF-8", "LANG": "C"}, "Användning:"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "sv_SE"}, "Användning:"),
        ({"LC_ALL": "C", "LANG": "sv_SE.UTF-8"}, "Usage:"),
        ({"LC_ALL": "de_DE.UTF-8", "LANG": "sv_SE.UTF-8"}, "Usage:"),
    ],
)
def test_system_decides_the_language(data: Path, environment: dict[str, str], word: str) -> None:
    assert run_anew(data, "ingest", "--help", LANGUAGE="", **environment).out.startswith(word)


def test_errors_are_told_in_swedish(data: Path, run: Run, swedish: None) -> None:
    told = run("status")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"archive: Det finns inget arkiv i {data}. ")
    assert run("ingest", "saknas").err.startswith("archive: saknas: det finns ingen sådan fil eller mapp.")
    assert run("search", "--limit", "0", "x").err.startswith("archive: Ogiltigt värde för '--limit'")


def test_what_programs_read_is_the_same_in_every_language(full: Run, swedish: None) -> None:
    status = full("status", "--json").json
    assert {"documents", "index", "missing_parts"} <= status.keys()
    assert [row.split()[0] for row in full("status").out.splitlines()[:2]] == ["Arkiv", "Dokument"]
    (first, *_) = full("search", "--json", "gruvor").json["hits"]
    assert first.keys() == {"document", "filename", "page", "title", "snippet"}
    assert "presentation" in full("search", "gruvor").out.splitlines()[-1]


def test_message_of_several_sentences_and_values_is_translated_part_by_part(swedish: None) -> None:
    crashed = "The reader crashed on this file."
    advice = "Ingest it once more. If that does not help, save it anew in its own program."
    assert translated(crashed) == "Läsaren kraschade på filen."
    assert translated(f"{crashed} {advice}").startswith(
        "Läsaren kraschade på filen. Lägg in den en gång till."
    )
    assert translated("Not every page could be drawn. The system stopped the reading of this file.") == (
        "Alla sidor kunde inte ritas. Systemet avbröt läsningen av filen."
    )
    assert translated("Setting search.engine: one of a, b. Mend it in archive.toml or the environment.") == (
        "Inställningen search.engine: en av a, b. Ändra den i archive.toml eller miljön."
    )


def test_how_a_reading_ended_is_told_in_swedish(swedish: None) -> None:
    assert translated(
        "Slides 1, 2 and 3 could not be read whole. Only the first 2,000 points of a chart were read."
    ) == (
        "Bilderna 1, 2 och 3 gick inte att läsa i sin helhet. "
        "Bara de första 2,000 punkterna i ett diagram lästes."
    )
    told = translated(UNKNOWN_TYPE)
    assert told.startswith("Den här filtypen går inte att läsa. Typer som läses: .pdf .pptx ")


@pytest.mark.parametrize(
    "message", ["", " ", "Something new. And more", "{} {}", "a.txt: b. " * 200, "\\1 (.*)"]
)
def test_unknown_message_stays_as_it_is(swedish: None, message: str) -> None:
    assert translated(message) == message


def test_nothing_is_translated_where_the_system_speaks_another_language(run: Run) -> None:
    assert run("ingest", "saknas").err.startswith("archive: saknas: there is no such file or folder.")


def test_mistakes_in_files_of_staff_are_told_in_swedish(swedish: None) -> None:
    assert translated(
        'a.toml: event.date: expected a day, a month or a year, such as 2022-05-19, "2022-05" or 2022'
    ) == (
        "a.toml: event.date: här ska stå en dag, en månad eller ett år, "
        'till exempel 2022-05-19, "2022-05" eller 2022'
    )
    assert translated("event.dat: there is no such field; did you mean date?") == (
        "event.dat: det finns inget sådant fält; menade du date?"
    )
    told = translated(SettingsError("workers", "expected a number from 1").message)
    assert told.startswith("Inställningen workers: här ska stå ett tal från 1 och uppåt. ")


def test_isolation_is_told_in_swedish(full: Run, swedish: None) -> None:
    (line,) = [line for line in full("status").out.splitlines() if line.startswith("Isolering")]
    assert "minne och tid: rlimits" in line
    assert "nätverk:" in line
    assert "memory" not in line
