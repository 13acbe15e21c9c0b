"""What a catalogue on a server holds, as files that can be searched byte by byte."""

from pathlib import Path

from sqlalchemy import NullPool, create_engine, text


def write_rows(url: str, folder: Path) -> int:
    """Write every value of every column of every table into a folder; return how many rows there are.

    Texts and JSON are in a file a table, bytes in a file each, so that packed ones can be unpacked.
    """
    folder.mkdir()
    engine, count = create_engine(url, poolclass=NullPool), 0
    with engine.connect() as connection:
        statement = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for table in connection.scalars(statement).all():
            rows = connection.execute(text(f'SELECT * FROM public."{table}"')).all()
            told = [str(value) for row in rows for value in row if not isinstance(value, bytes | memoryview)]
            (folder / f"{table}.txt").write_text("\n".join(told), "utf-8")
            packed = (value for row in rows for value in row if isinstance(value, bytes | memoryview))
            for number, value in enumerate(packed):
                (folder / f"{table}-{number}").write_bytes(bytes(value))
            count += len(rows)
    engine.dispose()
    return count
