"""What speakers and staff do in these tests."""

import io
from dataclasses import replace

from archive.accounts.speaker_links import new_speaker_link
from archive.app import Archive
from archive.catalogue.editing import talks
from archive.catalogue.events.new_event import NewSpeaker
from archive.catalogue.journal.recording import recording
from archive.catalogue.proposals import deciding, sending
from archive.catalogue.proposals.waiting import ready
from archive.catalogue.proposals.wordings import wording
from archive.model.edits import Author, Reason
from archive.model.proposals import Proposal, TalkLink, TalkWording
from archive.model.uploads import NewUpload
from archive.uploads.taking import Taking

SPEAKERS = (NewSpeaker("Eva Ek", "geolog", "Gruv AB"), NewSpeaker("Bo By", "vd", "Malm AB"))


def link_to(archive: Archive, talk_id: str, number: int = 2) -> TalkLink:
    return new_speaker_link(archive.database, talk_id, number, archive.settings.accounts, "anna")[0]


def propose(archive: Archive, link: TalkLink, rights: str = "", **changed: str) -> Proposal:
    with archive.database.write() as session:
        now = wording(session, link.id)
        given = replace(now, **changed)
        return sending.send(session, link, given, "", sending.mark_of(now), rights)


def send_deck(archive: Archive, proposal: Proposal, content: bytes) -> None:
    assert proposal.submission_id
    new = NewUpload(
        proposal.link.login,
        "nytt.txt",
        len(content),
        is_separate=True,
        submission_id=proposal.submission_id,
    )
    archive.receiving.take_whole(new, io.BytesIO(content))


def take(archive: Archive) -> None:
    store = archive.receiving.store
    Taking(archive.database, archive.originals, store, archive.settings).take_all(lambda: False)


def accept(archive: Archive, proposal: Proposal, *names: str, takes_deck: bool = True) -> None:
    with archive.database.write() as session:
        found = ready(session, proposal.id)
        with recording(session, Author("anna", Reason.LINK, group=f"proposal-{proposal.id}")):
            deciding.accept(session, proposal.id, names, takes_deck, found.mark, "Tack.", "anna")


def now(archive: Archive, link: TalkLink) -> TalkWording:
    with archive.database.read() as session:
        return wording(session, link.id)


def edit(archive: Archive, talk_id: str, **changed: object) -> None:
    with archive.database.write() as session, recording(session, Author("anna", Reason.FORM)):
        talks.change(session, talk_id, replace(talks.known(session, talk_id), **changed), "anna")  # type: ignore[arg-type]
