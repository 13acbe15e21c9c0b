"""Nothing that was acknowledged is lost, whatever moment the process is killed at."""

import json
import os
from pathlib import Path

import pytest

from tests.crash.campaign import Campaign, is_running
from tests.waiting import wait_until

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("ARCHIVE_CRASH_KILLS", "12"))
CAMPAIGNS = 2


@pytest.mark.timeout(60 + KILLS * 10)
@pytest.mark.parametrize("seed", range(CAMPAIGNS))
def test_killed_ingest_loses_nothing(tmp_path: Path, seed: int) -> None:
    campaign = Campaign(tmp_path, seed)
    campaign.add_files(16)
    while campaign.kills < KILLS / CAMPAIGNS or not campaign.acknowledged:
        campaign.kill_once()

    print(f"kills: {campaign.kills} of {dict(campaign.tried)}")  # for the figures of a long campaign
    ended = campaign.finish()

    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    assert campaign.acknowledged.keys() == campaign.words.keys()
    verified = campaign.archive("verify", "--json")
    assert json.loads(verified.stdout)["problems"] == []
    status = json.loads(campaign.archive("status", "--json").stdout)
    assert status["documents"] == len(campaign.words)
    assert status["by_category"] == {"ok": len(campaign.words)}
    assert status["index"]["documents"] == len(campaign.words)
    assert_each_found_once(campaign)
    assert_nothing_left_behind(campaign)


def assert_each_found_once(campaign: Campaign) -> None:
    from archive.app import open_archive
    from archive.model.visibility import Visibility
    from archive.search.question import Question
    from archive.settings.settings import load_settings

    with open_archive(load_settings(campaign.data)) as archive:
        for file, word in campaign.words.items():
            result = archive.search.search(Question(word), Visibility.PUBLIC)
            assert result.total_slides == 1, f"{file}: {result.total_slides} slides say {word}"
            assert result.groups[0].best[0].document_id == campaign.acknowledged[file]


def assert_nothing_left_behind(campaign: Campaign) -> None:
    """The killed process's children end by themselves."""
    assert campaign.orphans, "no process was killed while it had others work for it"
    wait_until(lambda: not any(map(is_running, campaign.orphans)), "no process of the archive is left")
