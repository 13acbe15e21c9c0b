"""A small archive in which everything stands once in public, once for members and once for staff.

Every page has the word "gemensam", so that counts can be compared with the number of visible pages. All of it
is made up.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from archive.app import Archive
from archive.catalogue.events import events
from archive.catalogue.events.new_event import NewEvent, NewFocusArea, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.model.documents import DocumentKind
from archive.model.visibility import Visibility
from tests.filled_archive import add, opened, save_picture, slide
from tests.memory_disk import temporary_root

STRATEGY, STEEL, BOARD = "Strategi för omställning", "Green steel in the north", "Styrelsens genomgång"
WATER, CRISIS = "Vatten i länet", "Krisplanen"
EXPORT, LETTER, WAGES = "Exportrapport", "Medlemsbrev", "Lönelista"

INDUSTRY_DAY = NewEvent(
    title="Hållbara dagar",
    starts_on=date(2021, 11, 24),
    place="Fagersta",
    focus_areas=(NewFocusArea("Framtidens verkstäder", 2021, None),),
    talks=(
        NewTalk(
            STRATEGY,
            1,
            language="sv",
            region_codes=("SE312",),
            speakers=(NewSpeaker("Maja Ekström", "strateg", "Region Dalarna"),),
        ),
        NewTalk(
            STEEL, 2, language="en", speakers=(NewSpeaker("Amy Lindqvist", "", "Nordic Steel Institute"),)
        ),
        NewTalk(
            BOARD,
            3,
            visibility=Visibility.STAFF,
            region_codes=("SE322",),
            speakers=(NewSpeaker("Ines Holm", "ordförande", "Innersta rådet"),),
        ),
    ),
)
WATER_DAY = NewEvent(
    title="Medlemsmöte om vatten",
    starts_on=date(2022, 4, 5),
    visibility=Visibility.MEMBERS,
    focus_areas=(NewFocusArea("Vattnets väg", 2022, None),),
    talks=(
        NewTalk(WATER, 1, region_codes=("SE313",), speakers=(NewSpeaker("Petra Ask", "", "Vattenrådet"),)),
    ),
)
CRISIS_DAY = NewEvent(
    title="Slutet möte",
    starts_on=date(2023, 2, 1),
    visibility=Visibility.STAFF,
    focus_areas=(NewFocusArea("Dold plan", 2023, None),),
    talks=(
        NewTalk(CRISIS, 1, region_codes=("SE110",), speakers=(NewSpeaker("Doris Dold", "", "Dolda rådet"),)),
    ),
)

MEMBERS_ONLY = (
    "Medlemsmöte",
    "Vattnets",
    WATER,
    "Petra",
    "Vattenrådet",
    "Gävleborg",
    LETTER,
    "2022",
    "porto",
)
STAFF_ONLY = (
    *("Slutet", "Dold", CRISIS, "Doris", "Stockholm", "2023", "Ines", "Innersta", BOARD, "Jämtland"),
    *(WAGES, "viskning", "Reservbild", "varslet", "2018"),
)
"""Words that nobody may meet, in whatever part of a result, who does not see the records they stand in."""


@dataclass(frozen=True)
class Sample:
    """The archive and what is in it. `secrets` are facet values that only staff may know of."""

    archive: Archive
    strategy: str
    export: str
    pages: dict[Visibility, int]
    groups: dict[Visibility, int]
    secrets: dict[str, str]


@contextmanager
def opened_sample(folder: Path) -> Iterator[Sample]:
    """Open the archive in a folder: a copy of what this process built once, which is there far sooner."""
    made, sample = _built_once()
    shutil.copytree(made, folder, symlinks=True, dirs_exist_ok=True)
    with opened(folder) as archive:
        yield replace(sample, archive=archive)


@cache
def _built_once() -> tuple[Path, Sample]:
    """Return the folder of a sample that is only copied, and what is in it."""
    folder = Path(tempfile.mkdtemp(prefix="archive-sample-", dir=temporary_root()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with opened(folder) as archive:
        return folder, build(archive)


def build(archive: Archive) -> Sample:
    """Fill an empty archive."""
    with archive.database.write() as session:
        saved = [save_event(session, one, "test").talk_ids for one in (INDUSTRY_DAY, WATER_DAY, CRISIS_DAY)]
    strategy = add(archive, "strategi", *_STRATEGY_SLIDES, talk=saved[0][0])
    add(archive, "steel", *_STEEL_SLIDES, talk=saved[0][1], language="en")
    add(archive, "styrelsen", slide("Intern genomgång", "gemensam sak"), talk=saved[0][2])
    add(archive, "vatten", slide("Rent vatten", "gemensam", "rening"), talk=saved[1][0])
    add(archive, "kris", slide("Åtgärder", "gemensam kris"), talk=saved[2][0])
    export = add(
        archive,
        EXPORT,
        slide("Exporten", "gemensam export"),
        slide("Importen", "gemensam import"),
        kind=DocumentKind.REPORT,
        publisher="Handelskammaren Mitt",
        year=2019,
    )
    add(archive, LETTER, slide("Brev", "gemensam porto"), visibility=Visibility.MEMBERS)
    add(archive, WAGES, slide("Löner", "gemensam lön"), visibility=Visibility.STAFF, year=2018)
    save_picture(archive, strategy, 2, "Kommunerna", "i", "tre", "län:", "gemensam", "verkstad")
    archive.indexer.catch_up()
    return Sample(
        archive=archive,
        strategy=strategy,
        export=export,
        pages={Visibility.PUBLIC: 9, Visibility.MEMBERS: 11, Visibility.STAFF: 15},
        groups={Visibility.PUBLIC: 3, Visibility.MEMBERS: 5, Visibility.STAFF: 8},
        secrets=_secrets(archive, saved[2][0]),
    )


def _secrets(archive: Archive, talk_id: str) -> dict[str, str]:
    rank = Visibility.STAFF.rank
    with archive.database.read() as session:
        talk = events.talk(session, talk_id, rank)
        assert talk.event_id
        organisation = talk.contributions[0].organisation
        assert organisation
        return {
            "event": talk.event_id,
            "focus_area": events.event(session, talk.event_id, rank).focus_areas[0].id,
            "speaker": talk.contributions[0].person_id,
            "organisation": organisation.id,
        }


_STRATEGY_SLIDES = (
    slide(STRATEGY, "gemensam", "Fagersta"),
    slide(
        "Kommunen i tre län",
        "gemensam verkstad",
        "kommuner och kommun",
        footer="kommun 2021",
        notes="viskning om förhandling",
    ),
    slide("Kompetens", "gemensam kommun", "Kompetensen i kommunen"),
    slide("Framtid", "gemensam kommun"),
    slide("Nästa steg", "gemensam gång", footer="sidfoten om kommun"),
    slide("Reservbild", "gemensam bild om varslet i kommunerna", hidden=True),
)
_STEEL_SLIDES = (
    slide(STEEL, "gemensam", language="en"),
    slide("Demand", "gemensam", "Steel plants need more power", language="en"),
)
