"""How much of a page becomes an import: no more than people can look over on one page."""

from dataclasses import replace
from itertools import accumulate

from archive.model.seminar_page import ReadEvent, ReadTalk, SeminarPage

TALKS_MAX = 500
_SPEAKERS_A_TALK = 50
_REPORTS_MAX = 200
_LEFT_OUT = "The page has more talks and speakers than one import takes; the last ones were left out."


def bounded(page: SeminarPage) -> SeminarPage:
    """Return a page with its first events, talks and speakers, and a remark where there were more."""
    before = [0, *accumulate(max(len(event.talks), 1) for event in page.events)]
    events = tuple(
        _event(event, TALKS_MAX - used)
        for event, used in zip(page.events, before, strict=False)
        if used < TALKS_MAX
    )
    made = replace(page, events=events, reports=page.reports[:_REPORTS_MAX])
    return page if made == page else replace(made, remarks=(*page.remarks, _LEFT_OUT))


def _event(event: ReadEvent, talks_max: int) -> ReadEvent:
    return replace(event, talks=tuple(_talk(talk) for talk in event.talks[:talks_max]))


def _talk(talk: ReadTalk) -> ReadTalk:
    return replace(
        talk, speakers=talk.speakers[:_SPEAKERS_A_TALK], moderators=talk.moderators[:_SPEAKERS_A_TALK]
    )
