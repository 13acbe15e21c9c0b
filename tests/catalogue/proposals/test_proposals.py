"""Speakers' links and proposals: what they lead to, what is written, and that nobody's words are lost."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archive.accounts.speaker_links import new_speaker_link
from archive.app import Archive
from archive.catalogue.editing import talks
from archive.catalogue.journal.history import edits_of_group
from archive.catalogue.journal.recording import recording
from archive.catalogue.journal.undo import undo
from archive.catalogue.proposals import deciding, links, sending
from archive.catalogue.proposals.waiting import ready, waiting
from archive.catalogue.tables.proposals import TalkLinkRow
from archive.errors import ChangedMeanwhile, InputError, RecordRefused, TalkLinkEnded, TalkLinkUnknown
from archive.model.edits import Author, Reason
from archive.model.proposals import ProposalState, TalkWording
from tests.catalogue.proposals.speakers import accept, edit, link_to, now, propose


def test_only_the_digest_of_a_token_is_kept_and_looking_uses_nothing_up(archive: Archive, talk: str) -> None:
    with archive.database.write() as session:
        link = links.add(session, talk, 1, "a" * 64, timedelta(days=1), "anna")
        assert [links.look(session, "a" * 64), links.look(session, "a" * 64)] == [link, link]
        assert link.speaker == "Eva Ek"
        with pytest.raises(TalkLinkUnknown):
            links.look(session, "b" * 64)
    token = new_speaker_link(archive.database, talk, 1, archive.settings.accounts, "anna")[1].split("/")[-1]
    with archive.database.read() as session:
        kept = [row.token_sha256 for row in session.query(TalkLinkRow)]
    assert token not in kept


def test_link_ends_with_its_time_with_staff_and_with_its_talk(archive: Archive, talk: str) -> None:
    with archive.database.write() as session:
        links.add(session, talk, 1, "old", timedelta(seconds=-1), "anna")
        revoked = links.add(session, talk, 1, "revoked", timedelta(days=1), "anna")
        links.add(session, talk, 1, "talk", timedelta(days=1), "anna")
        links.revoke(session, revoked.id, "anna")
        talks.delete(session, talk, "anna")
        for token in ("old", "revoked", "talk"):
            with pytest.raises(TalkLinkEnded):
                links.look(session, token)
        assert waiting(session) == []
        assert not revoked.is_usable(datetime.now(UTC) + timedelta(days=2))


def test_no_link_for_a_speaker_that_there_is_not(archive: Archive, talk: str) -> None:
    with pytest.raises(InputError):
        link_to(archive, talk, 3)


def test_only_what_is_ticked_is_written_and_the_journal_says_how_it_came(archive: Archive, talk: str) -> None:
    link = link_to(archive, talk)
    proposal = propose(archive, link, name="Bo Byh", role="direktör", topic="Gruvor i Dalarna")
    accept(archive, proposal, "role", "topic")
    assert now(archive, link) == TalkWording("Bo By", "direktör", "Malm AB", "Gruvor i Dalarna", "Om gruvor.")
    with archive.database.read() as session:
        (made,) = edits_of_group(session, f"proposal-{proposal.id}")
        latest = sending.latest(session, link.id)
        first = talks.known(session, talk).speakers[0]
    assert (made.author.actor, made.author.reason) == ("anna", Reason.LINK)
    assert latest is not None
    assert (latest.state, latest.reason, latest.decided_by) == (ProposalState.ACCEPTED, "Tack.", "anna")
    assert (first.name, first.role) == ("Eva Ek", "geolog")


def test_taken_back_the_talk_is_as_before(archive: Archive, talk: str) -> None:
    link = link_to(archive, talk)
    before = now(archive, link)
    proposal = propose(archive, link, name="Bo Byh", abstract="Annat.")
    accept(archive, proposal, "name", "abstract")
    with archive.database.read() as session:
        fields = talks.known(session, talk)
    edit(archive, talk, speakers=tuple(reversed(fields.speakers)))
    assert now(archive, link).name == "Bo Byh"
    edit(archive, talk, speakers=fields.speakers)
    with archive.database.write() as session:
        numbers = [one.id for one in edits_of_group(session, f"proposal-{proposal.id}")]
        assert not undo(session, numbers, Author("anna", Reason.UNDO)).conflicts
    assert now(archive, link) == before


def test_what_staff_change_meanwhile_is_shown_and_neither_is_lost(archive: Archive, talk: str) -> None:
    link = link_to(archive, talk)
    proposal = propose(archive, link, role="direktör", topic="Gruvor nu")
    with archive.database.read() as session:
        mark = ready(session, proposal.id).mark
    edit(archive, talk, topic="Malmens gruvor", abstract="Nytt av personalen.")
    with archive.database.write() as session:
        with pytest.raises(ChangedMeanwhile):
            deciding.accept(session, proposal.id, ["topic"], False, mark, "", "anna")
        found = {one.name: one for one in ready(session, proposal.id).fields}
    topic = found["topic"]
    assert (topic.base, topic.now, topic.given) == ("Gruvor", "Malmens gruvor", "Gruvor nu")
    assert (topic.is_changed_since, found["role"].is_changed_since) == (True, False)
    accept(archive, proposal, "role")
    assert now(archive, link) == TalkWording(
        "Bo By", "direktör", "Malm AB", "Malmens gruvor", "Nytt av personalen."
    )


def test_form_made_of_what_is_old_is_not_kept(archive: Archive, talk: str) -> None:
    link = link_to(archive, talk)
    old = now(archive, link)
    edit(archive, talk, topic="Annat")
    with archive.database.write() as session:
        with pytest.raises(ChangedMeanwhile):
            sending.send(session, link, replace(old, role="x"), "", sending.mark_of(old))
        assert waiting(session) == []


def test_sending_again_changes_what_waits_and_after_a_decision_begins_anew(
    archive: Archive, talk: str
) -> None:
    link = link_to(archive, talk)
    first = propose(archive, link, role="direktör")
    again = propose(archive, link, role="ordförande")
    assert first.id == again.id
    with archive.database.write() as session:
        (one,) = waiting(session)
        assert one.given.role == "ordförande"
        with pytest.raises(InputError):
            deciding.decline(session, one.id, " ", None, "anna")
        deciding.decline(session, one.id, "Rollen stämmer.", None, "anna")
        with pytest.raises(ChangedMeanwhile):
            deciding.decline(session, one.id, "Igen.", None, "anna")
    assert propose(archive, link, role="vice vd").id != first.id


def test_what_cannot_stand_there_is_named_by_field(archive: Archive, talk: str) -> None:
    link = link_to(archive, talk)
    with pytest.raises(RecordRefused) as refused:
        propose(archive, link, topic="")
    assert set(refused.value.mistakes) == {"topic"}


def test_speaker_is_found_again_by_who_it_is(archive: Archive, talk: str) -> None:
    link = link_to(archive, talk)
    with archive.database.read() as session:
        fields = talks.known(session, talk)
    edit(archive, talk, speakers=tuple(reversed(fields.speakers)))
    assert now(archive, link).name == "Bo By"
    proposal = propose(archive, link, role="direktör")
    accept(archive, proposal, "role")
    with archive.database.read() as session:
        assert [one.role for one in talks.known(session, talk).speakers] == ["direktör", "geolog"]


def test_speaker_who_has_left_the_talk_can_change_the_talk_alone(archive: Archive, talk: str) -> None:
    link = link_to(archive, talk)
    proposal = propose(archive, link, role="direktör", topic="Gruvor nu")
    with archive.database.read() as session:
        fields = talks.known(session, talk)
    edit(archive, talk, speakers=fields.speakers[:1])
    with pytest.raises(InputError):
        accept(archive, proposal, "role", "topic")
    accept(archive, proposal, "topic")
    assert now(archive, link).topic == "Gruvor nu"


def test_acceptance_that_ends_in_the_middle_has_not_happened(archive: Archive, talk: str) -> None:
    link = link_to(archive, talk)
    proposal = propose(archive, link, topic="Gruvor nu")
    with suppress(RuntimeError), archive.database.write() as session:
        found = ready(session, proposal.id)
        with recording(session, Author("anna", Reason.LINK)):
            deciding.accept(session, proposal.id, ["topic"], True, found.mark, "", "anna")
            raise RuntimeError
    assert now(archive, link).topic == "Gruvor"
    with archive.database.read() as session:
        assert [one.id for one in waiting(session)] == [proposal.id]
