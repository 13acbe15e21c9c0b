"""How much of a page becomes an import: no more than people can look over on one page."""

from dataclasses import replace

from archive.model.seminar_pages.seminar_page import ReadEvent, ReadTalk, SeminarPage

TALKS_MAX = 200
"""Talks of a page; an event without talks counts as one."""
SPEAKERS_MAX = 600
_REPORTS_MAX = 200
_LEFT_OUT = "The page has more talks and speakers than one import takes; the last ones were left out."


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
