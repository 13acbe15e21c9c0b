"""Migrate a catalogue by hand: as a user who may, where the archive's own may not make tables.

Usage: ``python -m archive.catalogue.migrations DATABASE_URL``
"""

import sys

from sqlalchemy import make_url

from archive.catalogue.database.connection import make_engine, writing
from archive.catalogue.database.driver_errors import translate_errors
from archive.catalogue.database.migration import migrate
from archive.errors import ArchiveError

_COMMAND = "python -m archive.catalogue.migrations"


def main(arguments: list[str]) -> str | int:
    """Bring the catalogue at the address given to the newest revision; return what `sys.exit` takes."""
    if len(arguments) != 1:
        return f"usage: {_COMMAND} DATABASE_URL"
    engine = make_engine(make_url(arguments[0]), "truncate")
    try:
        with translate_errors():
            migrate(writing(engine))
    except ArchiveError as error:
        return error.message
    finally:
        engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
