"""The files that a published draft links to, and what each is to belong to."""

from archive.model.seminar_pages.imports import LinkKind, NewLink
from archive.model.seminar_pages.seminar_draft import SeminarDraft


def links_in(draft: SeminarDraft) -> list[NewLink]:
    """Return the files to fetch. A talk has one document: its further decks belong to the event."""
    links: list[NewLink] = []
    for event in draft.events:
        for talk in event.talks:
            for number, address in enumerate(talk.decks, start=1):
                of_talk = talk.talk_id if number == 1 else ""
                title = talk.topic if number == 1 else f"{talk.topic} ({number})"
                links.append(NewLink(address, title, event_id=event.event_id, talk_id=of_talk))
        links += [NewLink(address, event.title, event_id=event.event_id) for address in event.decks]
    first = draft.events[0].event_id
    links += [
        NewLink(report.address, report.title, LinkKind.REPORT, report.publisher, first)
        for report in draft.reports
        if report.address
    ]
    return links
