"""What Alembic runs: the migrations, in the transaction that was begun for them."""

from alembic import context

from archive.catalogue.tables import (
    accounts,
    documents,
    edits,
    events,
    imports,
    journal,
    names,
    proposals,
    queue,
    submissions,
    uploads,
    watching,
)
from archive.catalogue.tables.base import Base

# Importing them fills the metadata.
TABLES = (
    *(accounts, documents, edits, events, imports, journal, names),
    *(proposals, queue, submissions, uploads, watching),
)


def run() -> None:
    """Run the migrations on the connection that `migration.configuration` carries."""
    connection = context.config.attributes["connection"]
    if connection is None:
        raise RuntimeError("migrations run on an open connection only")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
