"""What is hidden leaves all help at once: before the index has followed, while old words are still kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.app import Archive, open_archive
from archive.catalogue import documents
from archive.model.visibility import Visibility
from archive.search.no_hits import ZeroHitHelp
from archive.search.question import Question
from archive.search.written_forms import WrittenForms
from archive.settings.settings import Settings
from tests.web.web_archive import Built, build

PUBLIC = Visibility.PUBLIC


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Archive, Built]]:
    with open_archive(Settings(data=tmp_path / "data")) as opened:
        yield opened, build(opened)


def offers(archive: Archive) -> tuple[bool, bool, bool, bool]:
    """Return whether a title, a word, another spelling and zero-hit help show the railway's deck."""
    titles = {one.text for one in archive.suggestions.suggest("ryggr", PUBLIC)}
    words = {one.text for one in archive.suggestions.suggest("signaltek", PUBLIC)}
    either = archive.spelling.meant(Question("signaltknik OR kompetens"), PUBLIC)
    zero = ZeroHitHelp(archive.search, archive.analyzer, WrittenForms(archive.database, archive.engine)).look(
        Question("signalteknik talare:xyzzy"), PUBLIC
    )
    return "Järnvägen som ryggrad" in titles, "signalteknik" in words, bool(either), bool(zero.without)


@pytest.mark.parametrize("has_followed", [False, True])
def test_withdrawn_deck_leaves_all_help(own: tuple[Archive, Built], has_followed: bool) -> None:
    archive, built = own
    assert offers(archive) == (True, True, True, True)
    with archive.database.write() as session:
        documents.withdraw(session, built.railway, "test")
    if has_followed:
        archive.indexer.catch_up()
    assert offers(archive) == (False, False, False, False)
