"""The process that the rules run in: reads an outline from its input, writes what it tells to its output.

    python -I -m archive.imports.rules_child CPU_TIME_S MEMORY_MAX_BYTES

Rules are pure functions, but nothing ends one that a page keeps busy, except the end of its process.
"""

import resource
import sys
from dataclasses import dataclass

from pydantic import TypeAdapter

from archive.imports.bounding import bounded
from archive.imports.reading.page import Known, read_page
from archive.model.seminar_pages.page_outline import PageOutline
from archive.model.seminar_pages.seminar_page import SeminarPage


@dataclass(frozen=True, slots=True)
class Asked:
    """A page to read, and what the archive knows."""

    outline: PageOutline
    known: Known


ASKED, ANSWER = TypeAdapter(Asked), TypeAdapter(SeminarPage)


def main() -> None:
    """Read one page within the bounds that the command line gives."""
    cpu_time_s, memory_max_bytes = (int(argument) for argument in sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_time_s, cpu_time_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_max_bytes, memory_max_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = ASKED.validate_json(sys.stdin.buffer.read())
    sys.stdout.buffer.write(ANSWER.dump_json(bounded(read_page(asked.outline, asked.known))))


if __name__ == "__main__":
    main()
