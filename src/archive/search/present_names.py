"""A question that was kept while people or organisations were merged: it asks for those who stayed."""

from dataclasses import replace

from archive.catalogue.database.sessions import Session
from archive.catalogue.names.listing import present_id
from archive.index.schema import Facet
from archive.model.names import NameKind
from archive.search.question import Question

_KINDS = {Facet.SPEAKER: NameKind.PERSON, Facet.ORGANISATION: NameKind.ORGANISATION}


def with_present_names(session: Session, question: Question) -> Question:
    """Return a question whose chosen people and organisations are those that others were merged into."""
    filters = dict(question.filters)
    for facet, kind in _KINDS.items():
        chosen = filters.get(facet, ())
        if chosen:
            present = (present_id(session, kind, value) or value for value in chosen)
            filters[facet] = tuple(dict.fromkeys(present))
    return question if filters == question.filters else replace(question, filters=filters)
