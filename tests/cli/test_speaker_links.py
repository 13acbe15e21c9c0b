"""Speakers' links by command: printed once, and what came by one is accepted or declined."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive.accounts.credentials import token_digest
from archive.app import open_archive
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.proposals import links, sending
from archive.catalogue.proposals.wordings import wording
from archive.settings.settings import Settings
from tests.cli.commands import Run


@pytest.fixture
def talk(data: Path) -> str:
    speakers = (NewSpeaker("Eva Ek", "geolog"), NewSpeaker("Bo By", "vd"))
    new = NewEvent("Malmdagen", talks=(NewTalk("Gruvor", 1, speakers=speakers),))
    with open_archive(Settings(data=data)) as archive, archive.database.write() as session:
        return save_event(session, new, "test").talk_ids[0]


def propose(data: Path, token: str, **changed: str) -> str:
    with open_archive(Settings(data=data)) as archive, archive.database.write() as session:
        link = links.look(session, token_digest(token))
        now = wording(session, link.id)
        return sending.send(session, link, replace(now, **changed), "", sending.mark_of(now)).id


def test_link_is_printed_and_what_came_by_it_is_decided_on(run: Run, data: Path, talk: str) -> None:
    made = run("talk", "link", talk, "--speaker", "2", "--json").json
    assert (made["speaker"], made["address"].split("/")[-2]) == ("Bo By", "speaker")
    token = made["address"].rpartition("/")[2]
    assert token not in run("talk", "links", talk, "--json").out
    first = propose(data, token, role="direktör", topic="Malm")
    (told,) = run("queue", "proposals", "--json").json["proposals"]
    assert [one["given"] for one in told["fields"]] == ["direktör", "Malm"]
    assert "role: vd -> direktör" in run("queue", "proposals").out
    assert run("queue", "accept", first, "--field", "role", "--json").json["accepted"]
    shown = run("talk", "show", talk, "--json").json
    assert (shown["speakers"][1]["role"], shown["topic"]) == ("direktör", "Gruvor")
    second = propose(data, token, topic="Annat")
    assert run("queue", "decline", second, "--reason", "Nej.", "--json").json["declined"]
    assert run("queue", "proposals", "--json").json["total"] == 0
    assert run("talk", "revoke", made["id"], "--json").json["revoked_at"]
    assert "ended." in run("talk", "links", talk).out


def test_talk_without_such_a_speaker_gets_no_link(run: Run, talk: str) -> None:
    refused = run("talk", "link", talk, "--speaker", "3")
    assert (refused.code, "no such speaker" in refused.err) == (2, True)
