"""A helper process that makes a part of a new index: `python -m archive.index.part`, started by `bulk.py`.

It has connections of its own to the catalogue, writes nothing but its own part, and ends at once when the
process that started it does. The two talk in lines of JSON. To the helper: its job, then lists of document
identifiers, an empty one at the end. From it, for each list: [WRITTEN, number of documents], [DONE, null] or
[FAILED, [code, message]].
"""

import json
import os
import select
import sys
import threading
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Final, Self, TextIO

from archive.analysis.analyzer import Analyzer
from archive.analysis.swedish import open_analyzer
from archive.catalogue.database.database import Database
from archive.errors import ArchiveError, IndexUnusable
from archive.index.catalogue_reader import fingerprint, read
from archive.index.engine import PartWriter
from archive.index.engines import open_part
from archive.settings.opensearch import OpenSearchSettings
from archive.settings.sections import TextSettings

WRITTEN: Final = "written"
DONE: Final = "done"
FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class PartJob:
    """What a helper must know.

    Attributes:
        database_url: The catalogue.
        text: The TextSettings as JSON.
        engine: The engine's name.
        part: What the part is found by.
        process_count: How many parts are made at once.
        epoch: The epoch that the catalogue must have.
        fingerprint: The fingerprint that the analysis must have.
        opensearch: The OpenSearchSettings as JSON, with the password: it goes through standard input alone.
    """

    database_url: str
    text: str
    engine: str
    part: str
    process_count: int
    epoch: str
    fingerprint: str
    opensearch: str = "{}"

    def encoded(self) -> str:
        """Return the job as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def decoded(cls, line: str) -> Self:
        """Return the job that a line encodes. Raises ValueError and TypeError."""
        return cls(**json.loads(line))


def main(lines: TextIO, answers: TextIO) -> int:
    """Do the job that comes in `lines` and report in `answers`; return the exit status."""
    try:
        _work(PartJob.decoded(lines.readline()), lines, answers)
    except ArchiveError as error:
        _report(answers, FAILED, [error.code, error.message])
        return 1
    return 0


def _work(job: PartJob, lines: TextIO, answers: TextIO) -> None:
    with closing(Database.open(job.database_url)) as database:
        analyzer = open_analyzer(TextSettings.model_validate_json(job.text))
        if database.epoch != job.epoch or fingerprint(analyzer) != job.fingerprint:
            raise IndexUnusable(
                "The catalogue or the lexicon was replaced while the index was made from it. "
                "Run `archive rebuild` again."
            )
        settings = OpenSearchSettings.from_parent(job.opensearch)
        part = open_part(job.engine, job.part, job.process_count, settings)
        try:
            for line in lines:
                ids = json.loads(line)
                if not ids:
                    part.finish()
                    _report(answers, DONE, None)
                    return
                _report(answers, WRITTEN, _write(part, database, analyzer, ids))
        finally:
            part.close()


def _write(part: PartWriter, database: Database, analyzer: Analyzer, ids: list[str]) -> int:
    """Write documents, a batch at a time; return how many have pages."""
    count = 0
    while ids:
        with database.read() as session:
            state = read(session, ids)
        count += state.write_to(part, analyzer)
        ids = ids[len(state.ids) :]
    return count


def _report(answers: TextIO, what: str, value: object) -> None:
    answers.write(json.dumps([what, value]) + "\n")
    answers.flush()


def _end_with(pipe: int) -> None:
    """End this process, whatever it does, when the pipe has no writer any more."""
    poll = select.poll()
    poll.register(pipe, 0)
    poll.poll()
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with, args=(sys.stdin.fileno(),), daemon=True).start()
    # Whatever prints goes to the log, not between the answers.
    own = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.exit(main(sys.stdin, own))
