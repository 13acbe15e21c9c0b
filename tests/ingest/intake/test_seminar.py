import re
from datetime import date
from pathlib import Path

import pytest

from archive.errors import SeminarFileError
from archive.ingest.intake.seminar import Seminar, load_seminar
from archive.ingest.intake.seminar_model import (
    EventTable,
    FocusAreaTable,
    ReportTable,
    SpeakerTable,
    TalkTable,
)
from archive.model.events import iso_date
from archive.model.visibility import Visibility

DOC = Path(__file__).parents[3] / "docs" / "seminar-file.md"
CODES = {
    "norra mellansverige": "SE31",
    "östra mellansverige": "SE12",
    "gävleborgs län": "SE313",
    "dalarnas län": "SE312",
    "värmlands län": "SE311",
    "örebro län": "SE124",
    "västmanlands län": "SE125",
    "se312": "SE312",
}
EVENT = '[event]\ntitle = "Malm"\n'


def find_region(name: str) -> str | None:
    return CODES.get(name.casefold())


def load(folder: Path, text: str, *files: str) -> Seminar:
    (folder / "seminar.toml").write_text(text, encoding="utf-8")
    for name in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    return load_seminar(folder / "seminar.toml", find_region)


def mistake(folder: Path, text: str, *files: str) -> tuple[str, str]:
    with pytest.raises(SeminarFileError) as caught:
        load(folder, text, *files)
    assert caught.value.file == str(folder / "seminar.toml")
    return caught.value.field, caught.value.expected


def doc_example() -> str:
    found = re.search(r"```toml\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_example_in_the_doc_loads(tmp_path: Path) -> None:
    example = doc_example()
    names = re.findall(r'^(?:deck|file) = "(.+)"$', example, re.MULTILINE)
    seminar = load(tmp_path, example, *names)
    event = seminar.event
    assert event.title == "Smart och hållbar industri i Bergslagen"
    assert [talk.speakers[0].name for talk in event.talks] == [
        "Carina Åkerberg",
        "Lisa Virén",
        "Antti Vainio",
        "Lotta Sartz",
    ]
    assert [talk.position for talk in event.talks] == [1, 2, 3, 4]
    assert event.talks[0].region_codes == ("SE31", "SE313", "SE312", "SE311")
    assert event.talks[3].speakers[0].organisation == "Örebro universitet"
    assert [(area.title, area.year_from, area.year_to) for area in event.focus_areas] == [
        ("Bergslagens industri", 2021, 2022)
    ]
    assert event.text.count("\n") == 0
    assert [deck.name if deck else "" for deck in seminar.talk_decks] == names[:4]
    assert [(report.title, report.file.name) for report in seminar.reports] == [
        ("Regionens exportvärde", "exportvarde.pdf")
    ]


def test_doc_table_names_every_field() -> None:
    table = DOC.read_text(encoding="utf-8").split("## An example")[0]
    for model in (FocusAreaTable, EventTable, TalkTable, SpeakerTable, ReportTable):
        for name, field in model.model_fields.items():
            if name == "speaker":
                assert "`[[talk.speaker]]`" in table
            else:
                assert (f"**`{name}`**" if field.is_required() else f"`{name}`") in table


def test_doc_error_examples_are_what_is_said(tmp_path: Path) -> None:
    talk = EVENT + '[[talk]]\ntopic = "Export"\n'
    cases = [
        (talk + '[[talk]]\nabstract = "x"', ()),
        (EVENT + '[[talk]]\ntopik = "Export"', ()),
        (EVENT + '[[focus_area]]\ntitle = "x"\nyear_from = "2021"', ()),
        (EVENT + 'date = "19 maj"', ()),
        (EVENT + '[talk]\ntopic = "Export"', ()),
        (talk + '[[talk]]\ntopic = "x"\nregions = ["Atlantis"]', ()),
        (talk + 'deck = "eport.pptx"', ("export.pptx",)),
        (talk + 'deck = "../export.pptx"', ()),
        ('[event]\ntitle = "x"\nplace = "Falun\n', ()),
    ]
    doc = DOC.read_text(encoding="utf-8")
    for number, (text, files) in enumerate(cases):
        folder = tmp_path / str(number)
        folder.mkdir()
        field, expected = mistake(folder, text, *files)
        assert f"`seminar.toml: {field}: {expected}`" in doc


def test_all_fields_reach_the_records(tmp_path: Path) -> None:
    seminar = load(
        tmp_path,
        """
        [event]
        title = "  Malm  "
        kind = "conference"
        start = 2022-05-19
        end = "2022-05-20"
        place = "Falun"
        organiser = "Föreningen"
        source_url = "https://example.org/malm"
        visibility = "members"
        [[talk]]
        topic = "Gruvor"
        visibility = "staff"
        language = "en"
        deck = "decks/a.pptx"
        regions = ["Dalarnas län", "SE312"]
        speaker = [{ name = "A" }, { name = "B", role = "vd", organisation = "C AB" }]
        [[talk]]
        topic = "Utan bilder"
        [[report]]
        title = "R"
        publisher = "P"
        year = 2020
        file = "r.pdf"
        visibility = "staff"
        """,
        "decks/a.pptx",
        "r.pdf",
    )
    event = seminar.event
    assert (event.title, event.kind, event.starts_on, event.ends_on) == (
        "Malm",
        "conference",
        date(2022, 5, 19),
        date(2022, 5, 20),
    )
    assert (event.source_url, event.visibility) == ("https://example.org/malm", Visibility.MEMBERS)
    talk = event.talks[0]
    assert (talk.visibility, talk.language, talk.region_codes) == (Visibility.STAFF, "en", ("SE312",))
    assert [(one.name, one.role, one.organisation) for one in talk.speakers] == [
        ("A", "", ""),
        ("B", "vd", "C AB"),
    ]
    assert seminar.talk_decks == (tmp_path.resolve() / "decks" / "a.pptx", None)
    assert (seminar.reports[0].publisher, seminar.reports[0].year) == ("P", 2020)
    assert seminar.reports[0].visibility is Visibility.STAFF


def test_one_day_event_has_no_end(tmp_path: Path) -> None:
    event = load(tmp_path, EVENT + "date = 2022-05-19").event
    assert (event.starts_on, event.ends_on) == (date(2022, 5, 19), None)


@pytest.mark.parametrize(
    ("dates", "starts", "ends"),
    [
        ("date = 2022", "2022", ""),
        ('date = "2022-05"', "2022-05", ""),
        ('start = "2022-05"\nend = 2022', "2022-05", "2022"),
        ('start = 2022-05-19\nend = "2022-05"', "2022-05-19", "2022-05"),
    ],
)
def test_dates_are_as_exact_as_they_are_given(tmp_path: Path, dates: str, starts: str, ends: str) -> None:
    event = load(tmp_path, EVENT + dates).event
    assert (event.starts, iso_date(event.ends_on, event.ends_precision)) == (starts, ends)


def test_byte_order_mark_and_folder_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "seminar.toml").write_bytes(b"\xef\xbb\xbf" + EVENT.encode())
    assert load_seminar(tmp_path, find_region).event.title == "Malm"


def test_letters_are_composed(tmp_path: Path) -> None:
    assert load(tmp_path, '[event]\ntitle = "Ga\u0308vle"').event.title == "Gävle"


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("", "event", "missing"),
        ('event = "Malm"', "event", "heading [event]"),
        ("[event]\ntitle = 5", "event.title", "quotation marks"),
        ('[event]\ntitle = " "', "event.title", "empty"),
        ('[event]\ntitle = "\\u0000"', "event.title", "control characters"),
        (f'[event]\ntitle = "{"x" * 501}"', "event.title", "at most 500 characters"),
        (EVENT + "date = 20220519", "event.date", "a month or a year"),
        (EVENT + "date = 2022-05-19T10:00:00", "event.date", "a month or a year"),
        (EVENT + 'date = "2022-02-30"', "event.date", "a month or a year"),
        (EVENT + "date = 2022-05-19\nstart = 2022-05-19", "event", "not both"),
        (EVENT + "start = 2022-05-19\nend = 2022-05-18", "event", "before start"),
        (EVENT + 'start = 2022-05-19\nend = "2022-04"', "event", "before start"),
        (EVENT + "end = 2022-05-18", "event", "needs a start"),
        (EVENT + 'source_url = "javascript:alert(1)"', "event.source_url", "https://"),
        (EVENT + 'visibility = "secret"', "event.visibility", '"members"'),
        (EVENT + 'colour = "red"', "event.colour", "known here: title, kind"),
        (EVENT + '[[focus_area]]\ntitle = "x"\nyear_from = 21', "focus_area[1].year_from", "from 1900"),
        (
            EVENT + '[[focus_area]]\ntitle = "x"\nyear_from = 2022\nyear_to = 2021',
            "focus_area[1]",
            "before year_from",
        ),
        (EVENT + '[[talk]]\ntopic = "x"\nlanguage = "svenska"', "talk[1].language", '"sv" or "en"'),
        (EVENT + '[[talk]]\ntopic = "x"\nregions = "Falun"', "talk[1].regions", "square brackets"),
        (
            EVENT + '[[talk]]\ntopic = "x"\n[[talk.speaker]]\nnamn = "A"',
            "talk[1].speaker[1].namn",
            "mean name?",
        ),
        (EVENT + '[[talk]]\ntopic = "Malm"\n[[talk]]\ntopic = "MALM "', "talk[2].topic", "talk[1]"),
        (EVENT + '[[talk]]\ntopic = "x"\nspeaker = ["A"]', "talk[1].speaker[1]", "[[talk.speaker]]"),
        (EVENT + "[[report]]\ntitle = 'x'", "report[1].file", "missing"),
        ("x = " + "[" * 5000, "file", "nested"),
        ("x = " + "9" * 5000, "file", "TOML syntax"),
    ],
)
def test_mistakes_name_field_and_expectation(tmp_path: Path, text: str, field: str, words: str) -> None:
    got_field, expected = mistake(tmp_path, text)
    assert got_field == field
    assert words in expected


@pytest.mark.parametrize(
    "name", ["../a.pptx", "/etc/hostname", "b/../../a.pptx", "..\\a.pptx", ".", "link.pptx"]
)
def test_files_outside_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "seminar"
    folder.mkdir()
    (tmp_path / "a.pptx").touch()
    (folder / "link.pptx").symlink_to(tmp_path / "a.pptx")
    field, expected = mistake(folder, EVENT + f"[[talk]]\ntopic = 'x'\ndeck = '{name}'")
    assert field == "talk[1].deck"
    assert "leads out of the folder" in expected


def test_a_file_is_named_once(tmp_path: Path) -> None:
    talks = "[[talk]]\ntopic = 'x'\ndeck = 'a.pdf'\n[[report]]\ntitle = 'R'\nfile = 'a.pdf'"
    assert mistake(tmp_path, EVENT + talks, "a.pdf") == (
        "report[1].file",
        '"a.pdf" is already named in talk[1].deck',
    )


def test_file_itself_is_checked(tmp_path: Path) -> None:
    file = tmp_path / "seminar.toml"
    for content, field, words in [
        (None, "file", "no such file"),
        (b"#" * (1024 * 1024 + 1), "file", "1 MiB"),
        (b'[event]\ntitle = "G\xe4vle"', "line 2", "UTF-8"),
    ]:
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(SeminarFileError) as caught:
            load_seminar(file, find_region)
        assert caught.value.field == field
        assert words in caught.value.expected
