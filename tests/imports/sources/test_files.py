"""What `seminar.toml` and CSV say."""

import pytest

from archive.errors import InputError
from archive.imports.drafting import draft_of
from archive.imports.sources.base import GivenBytes
from archive.imports.sources.csv_file import CsvSource
from archive.imports.sources.seminar_file import SeminarFileSource
from tests.imports.sources.contract import SourceContract, talks

TOML = """
[[focus_area]]
title = "Bergslagens industri"
year_from = 2021
[event]
title = "Smart industri"
start = 2022-05-19
end = 2022-05-20
place = "Falun"
[[talk]]
topic = "Strategi"
abstract = "Om strategin"
regions = ["Dalarnas län"]
deck = "bilder/strategi.pptx"
[[talk.speaker]]
name = "Carina Åkerberg"
role = "strateg"
organisation = "Region Gävleborg"
[[report]]
title = "Exportvärden"
publisher = "Handelskammaren"
file = "export.pdf"
"""
CSV = """Seminarium;Datum;Plats;Ämne;Namn;Roll;Organisation;Uppgift;Regioner;Bildspel;Film
Smart industri;2022-05-19;Falun;Strategi;Carina Åkerberg;strateg;Region Gävleborg;;\
Dalarnas län, Värmlands län;https://f.example/1.pptx;https://film.example/1
Smart industri;2022-05-19;;Strategi;Eva Ek;;'=Moderatorn;Moderator;;;
Smart industri;2022-05-19;;Elnätet;;;Stålbolaget AB;;;;
Höstmöte;2022-10-01;Mora;Val;Bo Alm;;;;;;
"""


class TestSeminarFile(SourceContract):
    source = SeminarFileSource()

    def given(self) -> GivenBytes:
        return GivenBytes(TOML.encode(), "https://f.example/2022/seminar.toml", "seminar.toml")

    def test_it_is_read_whole_with_files_beside_it(self) -> None:
        page = self.page()
        draft = draft_of(page)
        event = draft.events[0]
        assert (event.title, event.starts_on, event.ends_on, event.place) == (
            *("Smart industri", "2022-05-19", "2022-05-20", "Falun"),
        )
        assert draft.focus_areas[0].year_from == 2021
        assert talks(page) == [
            (
                "Strategi",
                [("Carina Åkerberg", "Region Gävleborg")],
                ("https://f.example/2022/bilder/strategi.pptx",),
                (),
            )
        ]
        assert draft.reports[0].address == "https://f.example/2022/export.pdf"
        assert page.remarks == ()

    def test_files_without_an_address_are_told_to_be_added(self) -> None:
        page = self.source.read(GivenBytes(TOML.encode(), "", "seminar.toml"), self.fetch)
        assert len(page.remarks) == 1
        assert draft_of(page).events[0].talks[0].decks == ()

    def test_a_mistake_names_its_field(self) -> None:
        with pytest.raises(InputError, match=r"event\.title"):
            self.source.read(GivenBytes(b"[event]", "", "seminar.toml"), self.fetch)


class TestCsv(SourceContract):
    source = CsvSource()

    def given(self) -> GivenBytes:
        return GivenBytes(CSV.encode("utf-8-sig"), "", "seminarier.csv")

    def test_rows_of_a_topic_are_a_talk_and_rows_of_an_event_one_event(self) -> None:
        draft = draft_of(self.page())
        assert [(event.title, event.starts_on, event.place) for event in draft.events] == [
            ("Smart industri", "2022-05-19", "Falun"),
            ("Höstmöte", "2022-10-01", "Mora"),
        ]
        strategy, net = draft.events[0].talks
        assert [(one.name, one.organisation, one.is_moderator) for one in strategy.speakers] == [
            ("Carina Åkerberg", "Region Gävleborg", False),
            ("Eva Ek", "=Moderatorn", True),
        ]
        assert strategy.regions == ("Dalarnas län", "Värmlands län")
        assert (strategy.decks, strategy.films) == (
            ("https://f.example/1.pptx",),
            ("https://film.example/1",),
        )
        assert [(one.name, one.organisation) for one in net.speakers] == [("", "Stålbolaget AB")]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_spreadsheets_of_all_kinds_are_read(self, encoding: str, delimiter: str) -> None:
        text = "ämne;namn\nVätgas;Åsa Öst\n".replace(";", delimiter)
        page = self.source.read(GivenBytes(text.encode(encoding), "", "Möte.csv"), self.fetch)
        assert talks(page) == [("Vätgas", [("Åsa Öst", "")], (), ())]
        assert draft_of(page).events[0].title == "Möte"

    def test_what_has_no_headings_or_no_talks_is_told(self) -> None:
        for text in ("a;b\n1;2\n", "ämne;namn\n;x\n", ""):
            with pytest.raises(InputError):
                self.source.read(GivenBytes(text.encode(), "", "a.csv"), self.fetch)
