"""All tables together, for what treats them alike: migrations, and copies of a whole catalogue."""

from archive.catalogue.tables import (
    accounts,
    documents,
    edits,
    erasures,
    events,
    imports,
    journal,
    names,
    processes,
    proposals,
    queue,
    reuse,
    submissions,
    uploads,
    watching,
)
from archive.catalogue.tables.base import Base

MODULES = (
    *(accounts, documents, edits, erasures, events, imports, journal, names),
    *(processes, proposals, queue, reuse, submissions, uploads, watching),
)
"""Where tables are defined; imported, they are in the metadata."""

METADATA = Base.metadata
