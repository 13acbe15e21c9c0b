"""Many documents at once: all that a question finds, or a list. The question is kept, not what it finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from archive.catalogue import documents
from archive.catalogue.database.sessions import Session
from archive.index.schema import Facet
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.service import SearchService


class SelectableList(StrEnum):
    """A list of documents that can be selected whole."""

    ALL = "all"
    DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected: what a question finds with all its words, a whole list, or named documents.

    `without` names documents that are taken out.
    """

    question: Question | None = None
    listed: SelectableList | None = None
    documents: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()

    @property
    def filters(self) -> Mapping[Facet, tuple[str, ...]]:
        """Return the values that the question is narrowed by."""
        return self.question.filters if self.question else {}

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is selected at all."""
        return self.question is None and self.listed is None and not self.documents


def selected(
    service: SearchService, session: Session, selection: Selection, visitor: Visibility
) -> tuple[str, ...]:
    """Return the identifiers of the documents that are selected now, each once, and may be seen.

    Raises:
        IndexUnusable, SearchAway, Busy, CatalogueError: the archive itself is in trouble.
    """
    found = list(selection.documents)
    if selection.question is not None:
        found += service.understand(session, selection.question, visitor).documents()
    if selection.listed is not None:
        found += documents.live_ids(session, visitor.rank, selection.listed is SelectableList.DRAFTS)
    return tuple(one for one in dict.fromkeys(found) if one not in selection.without)
