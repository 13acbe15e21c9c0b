"""Runs the rules on a page in a process of its own, so that they end in time and keep nobody waiting."""

import math
import os
import signal
import subprocess
from pathlib import Path

from archive.errors import FileRejected, PartMissing
from archive.imports.known import Known
from archive.imports.rules_child import ANSWER, ASKED, RulesRequest
from archive.ingest.sandbox import processes
from archive.model.extraction import Outcome
from archive.model.seminar_pages.page_outline import PageOutline
from archive.model.seminar_pages.seminar_page import SeminarPage

TOO_LONG = "The page takes longer to read than it may. Save the part about the seminar alone, and give that."
_ENDED = "The reading of the page was interrupted. Try again."
_NO_CHILD = "The process that reads pages cannot be started; install the program anew."
_SHORTEST_S = 0.01


def read_apart(outline: PageOutline, known: Known, time_s: float, memory_max_bytes: int) -> SeminarPage:
    """Return what a page tells, by the rules.

    Args:
        outline: the page.
        known: what the archive knows already.
        time_s: how long that may take; then the process is killed.
        memory_max_bytes: address space of the process.

    Raises:
        FileRejected: timeout where it takes too long, crash where the process was ended or has failed.
        PartMissing: no process can be started.
    """
    bounds = (str(math.ceil(max(time_s, 1.0))), str(memory_max_bytes))
    try:
        command = processes.command("archive.imports.rules_child", *bounds)
        child = processes.start(command, Path(os.sep), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    except OSError as error:
        raise PartMissing(_NO_CHILD) from error
    try:
        answer, _ = child.communicate(ASKED.dump_json(RulesRequest(outline, known)), max(time_s, _SHORTEST_S))
    except subprocess.TimeoutExpired:
        raise FileRejected(Outcome.TIMEOUT, TOO_LONG) from None
    finally:
        processes.end_session(child)
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()
    if child.returncode == -signal.SIGXCPU:
        raise FileRejected(Outcome.TIMEOUT, TOO_LONG)
    if child.returncode != 0:
        raise FileRejected(Outcome.CRASH, _ENDED)
    return ANSWER.validate_json(answer)
