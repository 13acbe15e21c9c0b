"""What an engine holds: pages, gathered in documents, and how far it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.analysis.analyzer import Token
from archive.index.schema import Facet, TextField


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far an index has come: the catalogue's `epoch`, the last change `seq` it holds, and the
    `fingerprint` of the analysis and field list it was made with.
    """

    epoch: str
    seq: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class IndexPage:
    """One page as the index holds it. `rank` is the visibility rank (0 public, 1 members, 2 staff).

    `number` is unique in its document. `language`, where given, is the page's value of the facet LANGUAGE and
    stands in for the document's.
    """

    number: int
    rank: int
    terms: Mapping[TextField, Sequence[Token]]
    language: str = ""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """All pages of one document. No pages: the document leaves the index.

    `group` is the talk's identifier (or the document's). `facets` hold for every page. `date` is YYYY-MM-DD
    or "" and `sort_title` a key that sorts as Swedish does; both serve sorting. A group has the newest date
    and the first title of its matching pages.
    """

    id: str
    group: str
    pages: Sequence[IndexPage] = ()
    facets: Mapping[Facet, Sequence[str]] = field(default_factory=dict)
    date: str = ""
    sort_title: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to replace, and the watermark that holds once they are written.

    Where an identifier comes twice, the last document holds.
    """

    documents: Sequence[IndexDocument]
    watermark: Watermark
