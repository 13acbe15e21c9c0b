"""A helper process that makes a part of a new index: `python -m archive.index.part`, told by `bulk.py`.

It has connections of its own to the catalogue, writes nothing but its own part, and ends at once when the
process that told it does.
"""

import json
import os
import select
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import TextIO

from archive.analysis.analyzer import Analyzer
from archive.analysis.swedish import open_analyzer
from archive.catalogue.database.database import Database
from archive.errors import ArchiveError, IndexUnusable
from archive.index.catalogue_reader import fingerprint, read
from archive.index.engine import PartWriter
from archive.index.engines import open_part
from archive.index.messages import DONE, FAILED, WRITTEN, PartJob
from archive.settings import TextSettings


def main(lines: TextIO, answers: TextIO) -> int:
    """Do the job that the lines tell; return the exit status."""
    try:
        _work(PartJob.decoded(lines.readline()), lines, answers)
    except ArchiveError as error:
        _say(answers, FAILED, [error.code, error.message])
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
        part = open_part(job.engine, Path(job.part), job.process_count)
        try:
            for line in lines:
                ids = json.loads(line)
                if not ids:
                    part.finish()
                    _say(answers, DONE, None)
                    return
                _say(answers, WRITTEN, _write(part, database, analyzer, ids))
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


def _say(answers: TextIO, what: str, value: object) -> None:
    answers.write(json.dumps([what, value]) + "\n")
    answers.flush()


def _end_with(teller: int) -> None:
    """End this process when the pipe `teller` has no writer any more, in the middle of whatever it is at."""
    gone = select.poll()
    gone.register(teller, 0)
    gone.poll()
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with, args=(sys.stdin.fileno(),), daemon=True).start()
    # Whatever prints goes to the log, not between the answers.
    own = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.exit(main(sys.stdin, own))
