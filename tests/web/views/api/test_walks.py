"""A list that is walked while the archive changes: what is there all the time comes once, nothing twice."""

import random
from collections.abc import Iterator
from itertools import cycle

import pytest

from archive.app import Archive
from archive.catalogue import documents
from archive.model.visibility import Visibility
from archive.web.factory import create_app
from tests.filled_archive import add, opened, slide
from tests.web.views.api.walking import slices

DOCUMENTS = 60
CHANGES = 500


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("walks")) as archive:
        yield archive


@pytest.fixture(scope="module")
def given(archive: Archive) -> list[str]:
    """Return documents that change; a third of them are left alone, to be found by each walk."""
    return [
        add(archive, f"deck {nth}", slide("Kol", f"stål {nth}"), slide("Malm", "gruva"))
        for nth in range(DOCUMENTS)
    ]


class Changes:
    """Changes documents at random: saves new versions, hides, shows, withdraws, restores, adds."""

    def __init__(self, archive: Archive, changing: list[str], rng: random.Random) -> None:
        self._archive, self._changing, self._rng = archive, changing, rng
        self.count = 0

    def change(self, times: int) -> None:
        """Make some changes, each of another kind."""
        for _ in range(times):
            self._rng.choice((self._replace, self._hide, self._withdraw, self._add))()
            self.count += 1

    def _replace(self) -> None:
        nth = self._rng.randrange(10**9)
        # Of the same name, so it is the next version of a document that stays.
        add(self._archive, f"deck {self._rng.randrange(DOCUMENTS)}", slide("Ny", f"{nth}"), data=f"{nth}")

    def _hide(self) -> None:
        one, level = self._rng.choice(self._changing), self._rng.choice(list(Visibility))
        with self._archive.database.write() as session:
            documents.set_visibility(session, one, level, "test")

    def _withdraw(self) -> None:
        self._changing.append(add(self._archive, f"extra {self._rng.randrange(10**9)}", slide("Extra")))
        one = self._changing.pop()
        with self._archive.database.write() as session:
            documents.withdraw(session, one, "test")

    def _add(self) -> None:
        self._changing.append(add(self._archive, f"new {self._rng.randrange(10**9)}", slide("Ny")))


def test_nothing_is_missed_and_nothing_doubled_while_500_documents_change(
    archive: Archive, given: list[str]
) -> None:
    rng = random.Random(19)
    client = create_app(archive).test_client()
    steady, changing = given[::3], [one for nth, one in enumerate(given) if nth % 3]
    changes = Changes(archive, changing, rng)
    for address, name in cycle((("/api/documents", "id"), ("/api/pages", "document"))):
        if changes.count >= CHANGES:
            break
        found: list[tuple[str, int]] = []
        for items in slices(client, f"{address}?limit={rng.randint(5, 20)}"):
            found += [_key(one, name) for one in items]
            changes.change(rng.randint(5, 15))
        assert len(found) == len(set(found)), "something came twice"
        assert set(steady) <= {document_id for document_id, _ in found}, "something was missed"


def _key(record: dict[str, object], name: str) -> tuple[str, int]:
    if name == "id":
        return str(record["id"]), 0
    document = record["document"]
    assert isinstance(document, dict)
    number = record["number"]
    assert isinstance(number, int)
    return str(document["id"]), number
