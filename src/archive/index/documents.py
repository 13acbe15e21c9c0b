"""What an engine is given to index: pages, in documents, and how far the catalogue had come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.analysis.analyzer import Token
from archive.index.schema import Facet, TextField


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far an index has come.

    Attributes:
        epoch: The catalogue's.
        seq: The last change of the catalogue that is in the index.
        fingerprint: That of the analysis and the list of fields it was made with.
    """

    epoch: str
    seq: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class IndexPage:
    """One page.

    Attributes:
        number: Unique in its document.
        rank: The visibility rank (0 public, 1 members, 2 staff).
        terms: The tokens of each field.
        language: Where given, the page's value of the facet LANGUAGE, instead of the document's.
    """

    number: int
    rank: int
    terms: Mapping[TextField, Sequence[Token]]
    language: str = ""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """All pages of one document. No pages: the document leaves the index.

    A group has the newest date, the first title and the first orders of its matching pages.

    Attributes:
        id: The document's identifier.
        group: The talk's identifier, or the document's.
        pages: In any order.
        facets: Values that every page has.
        date: YYYY-MM-DD or "", for sorting.
        sort_title: A key that sorts as Swedish does.
        group_order: Decides between groups that are equal in all else. It is made of the group's content, the
            same for all its documents, so that two indexes of the same content have one order whatever the
            identifiers are.
        order: Decides the order of a group's documents, and between groups of the same `group_order`; of the
            document's content, too.
    """

    id: str
    group: str
    pages: Sequence[IndexPage] = ()
    facets: Mapping[Facet, Sequence[str]] = field(default_factory=dict)
    date: str = ""
    sort_title: str = ""
    group_order: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to replace, and the watermark that is true once they are written.

    Of several documents with one identifier the last one counts.
    """

    documents: Sequence[IndexDocument]
    watermark: Watermark
