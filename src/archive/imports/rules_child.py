"""The process that the rules run in: reads an outline from its input, writes what it tells to its output.

    python -I -m archive.imports.rules_child CPU_TIME_S MEMORY_MAX_BYTES

Rules are pure functions, but nothing ends one that a page keeps busy, except the end of its process. No more
of a page becomes an import than people can look over on one page.
"""

import resource
import sys
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from archive.imports.known import Known
from archive.model.seminar_pages.page_outline import PageOutline
from archive.model.seminar_pages.seminar_page import ReadEvent, ReadTalk, SeminarPage

TALKS_MAX = 200
"""Talks of a page; an event without talks counts as one."""
SPEAKERS_MAX = 600
_REPORTS_MAX = 200
_LEFT_OUT = "The page has more talks and speakers than one import takes; the last ones were left out."


@dataclass(frozen=True, slots=True)
class RulesRequest:
    """A page to read, and what the archive knows."""

    outline: PageOutline
    known: Known


ASKED, ANSWER = TypeAdapter(RulesRequest), TypeAdapter(SeminarPage)


def main() -> None:
    """Read one page within the bounds that the command line gives."""
    # Only here: whoever starts this process imports this module for what they say to each other.
    from archive.imports.reading.page import read_page

    cpu_time_s, memory_max_bytes = (int(argument) for argument in sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_time_s, cpu_time_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_max_bytes, memory_max_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = ASKED.validate_json(sys.stdin.buffer.read())
    sys.stdout.buffer.write(ANSWER.dump_json(bounded(read_page(asked.outline, asked.known))))


def bounded(page: SeminarPage) -> SeminarPage:
    """Return a page with its first events, talks and speakers, and a remark where there were more."""
    left = _Left()
    events = tuple(left.event(event) for event in page.events if left.talks > 0)
    made = replace(page, events=events, reports=page.reports[:_REPORTS_MAX])
    return page if made == page else replace(made, remarks=(*page.remarks, _LEFT_OUT))


class _Left:
    """How many talks and speakers there is still room for."""

    def __init__(self) -> None:
        self.talks, self._speakers = TALKS_MAX, SPEAKERS_MAX

    def event(self, event: ReadEvent) -> ReadEvent:
        talks = tuple(self._talk(talk) for talk in event.talks[: self.talks])
        self.talks -= max(len(talks), 1)
        return replace(event, talks=talks)

    def _talk(self, talk: ReadTalk) -> ReadTalk:
        speakers = talk.speakers[: self._speakers]
        moderators = talk.moderators[: self._speakers - len(speakers)]
        self._speakers -= len(speakers) + len(moderators)
        return replace(talk, speakers=speakers, moderators=moderators)


if __name__ == "__main__":
    main()
