"""What Alembic runs: the migrations, in the transaction that was begun for them."""

from alembic import context

from archive.catalogue.tables.metadata import METADATA


def run() -> None:
    """Run the migrations on the connection that `migration.configuration` carries."""
    connection = context.config.attributes["connection"]
    if connection is None:
        raise RuntimeError("migrations run on an open connection only")
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
