"""The door to all downloads: lists what a question finds for a visitor, gives the bytes of a file of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec

from archive.analysis.swedish import SwedishAnalyzer
from archive.catalogue.database.database import Database
from archive.citations.item import Wording
from archive.downloads.all_hits import all_hits
from archive.downloads.formats import FORMATS, Format
from archive.downloads.provenance import Provenance
from archive.downloads.reading import DownloadInput, DownloadSources
from archive.downloads.stream import Stream
from archive.downloads.turns import DownloadTurns, Places
from archive.errors import FormatMissing, FormatUnknown
from archive.index.engine import SearchEngine
from archive.model.visibility import OriginalsPolicy, Visibility
from archive.search.question import Question
from archive.search.service import SearchService
from archive.settings.settings import Settings
from archive.store.store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be downloaded, and by whom.

    Attributes:
        question: what is asked; its page and view do not matter.
        visitor: who asks: nothing else is in the file than a search shows them.
        format: the name of a format.
        address: the whole address of the page of results.
        site: what whole addresses begin with.
        wording: the language of the few words that references add.
        asks: the visitor's account, or the address they come from; "" for a command.
        has_account: which of the two.
    """

    question: Question
    visitor: Visibility
    format: str
    address: str
    site: str
    wording: Wording = Wording.SWEDISH
    asks: str = ""
    has_account: bool = False


class Downloading:
    """Gives the hits of questions to take along. Thread-safe."""

    def __init__(
        self,
        database: Database,
        originals: Store,
        engine: SearchEngine,
        analyzer: SwedishAnalyzer,
        search: SearchService,
        settings: Settings,
    ) -> None:
        """Take the parts of an archive."""
        policy = OriginalsPolicy(settings.originals)
        self._sources = DownloadSources(database, originals, policy)
        self._database = database
        self._engine = engine
        self._analyzer = analyzer
        self._search = search
        self._licence = settings.downloads.licence
        self._temporary = settings.data / "tmp"
        self._places = Places(settings.downloads)
        self.turns = DownloadTurns()

    def totals(self, question: Question, visitor: Visibility) -> tuple[int, int]:
        """Return how many pages of how many talks a question finds, as its page of results says."""
        with self._database.read() as session:
            answer = self._search.understand(session, question, visitor).answered(0).answer
        return answer.total_pages, answer.total_groups

    def begin(self, wanted: Wanted, has_left: Callable[[], bool] = lambda: False) -> Stream:
        """List the hits and return their bytes, which are made while they are taken; close them in any case.

        Raises:
            FormatUnknown: there is no such format; says which there are.
            FormatMissing: what it needs is not installed.
            TooMany: the visitor has had as many as one may have.
            Busy: there are too many downloads just now.
            IndexUnusable, SearchAway, CatalogueError: the archive itself is in trouble.
        """
        chosen = format_named(wanted.format)
        give_back = self._places.take(wanted.asks, wanted.has_account)
        try:
            reading = self._reading(wanted)
            hit_count = reading.provenance.hit_count
            return Stream(chosen.write(reading), hit_count, self.turns, has_left, give_back)
        except BaseException:
            give_back()
            raise

    def _reading(self, wanted: Wanted) -> DownloadInput:
        with self.turns.turn(), self._database.read() as session:
            hits = all_hits(
                self._search, self._engine, self._analyzer, session, wanted.question, wanted.visitor
            )
        provenance = Provenance(
            question=wanted.question.text,
            address=wanted.address,
            at=datetime.now(UTC),
            licence=self._licence,
            hit_count=hits.page_count,
            talk_count=hits.talk_count,
        )
        step_aside = self.turns.step_aside
        return DownloadInput(
            self._sources, hits, provenance, wanted.site, wanted.wording, self._temporary, step_aside
        )


def format_named(name: str) -> Format:
    """Return a format by its name. Raises FormatUnknown; FormatMissing where a part is not installed."""
    chosen = FORMATS.get(name)
    if chosen is None:
        offered = ", ".join(name for name, one in FORMATS.items() if is_offered(one))
        raise FormatUnknown(f"There is no format of that name. There are: {offered}.")
    if not is_offered(chosen):
        raise FormatMissing(
            f"What makes {chosen.suffix} files is not installed. Run pip install 'archive[export]', "
            "or choose another format."
        )
    return chosen


def is_offered(chosen: Format) -> bool:
    """Return whether what a format needs is installed."""
    return not chosen.needs or find_spec(chosen.needs) is not None
