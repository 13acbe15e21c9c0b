"""Erasures that are due: what admins order on the page, and what was erased since a backup was made.

A look and an erasure may take minutes: each is an order (`catalogue/erasing/orders.py`), done one after
the other in the process that serves, and whatever moment it is killed at, the next one goes on with it. After
a restore erasures are done again before the archive answers anybody.
"""

import logging
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, Final

from archive.app import Archive
from archive.catalogue.erasing import erasures, orders, places
from archive.catalogue.erasing.orders import ErasureRequest
from archive.catalogue.erasing.people import is_known, names_of
from archive.erasing import lists
from archive.erasing.erasing import ErasureOrder, Told, erase, finish_interrupted
from archive.erasing.files import search_files, search_uploads
from archive.erasing.found import look
from archive.erasing.names import ErasedNames
from archive.erasing.turns import only_one
from archive.errors import ArchiveError, Busy

logger = logging.getLogger(__name__)

_LOOK_EVERY_S: Final = 1.0
_STEP_EVERY_S: Final = 1.0
_STOP_S: Final = 30.0
_NOTHING: Final = "The name is nowhere in the archive."
_UNEXPECTED: Final = "The erasure met an unexpected error. Please report this fault."
_ACTOR: Final = "restore"


def names_wanted(archive: Archive, wanted: Mapping[str, Any]) -> ErasedNames:
    """Return the words that an order means: those given, and every name of a record. Raises NotFound."""
    names = ErasedNames(wanted["names"], wanted["texts"], bool(wanted["whole_only"]))
    if not wanted["person"]:
        return names
    with archive.database.read() as session:
        return names.and_of(names_of(session, wanted["person"]))


class Orders:
    """Does what is ordered. Safe for several processes: only one of them erases at a time."""

    def __init__(self, archive: Archive) -> None:
        """Take the archive that is served."""
        self._archive = archive
        self._stepped_s = 0.0

    def do_all(self) -> int:
        """Finish what was interrupted, then do all that is ordered; return how many. Old looks are forgotten.

        Raises Busy: another process erases just now; and StorageError, CatalogueError and IndexUnusable.
        """
        with self._archive.database.read() as session:
            is_interrupted = bool(erasures.unfinished(session))
            known = orders.all_of(session)
        if any(one.is_old for one in known):
            with self._archive.database.write() as session:
                orders.drop_old(session)
        waiting = [one for one in known if one.state in (orders.LOOKING, orders.ORDERED)]
        if not (is_interrupted or waiting):
            return 0
        with only_one(self._archive):
            finish_interrupted(self._archive, _tell_nobody)
            for one in reversed(waiting):
                self._do(one)
        return len(waiting)

    def _do(self, asked: ErasureRequest) -> None:
        try:
            if asked.state == orders.LOOKING:
                self._look(asked)
            else:
                self._erase(asked)
        except ArchiveError as error:
            logger.warning("The order %s came to nothing: %s", asked.id, error.message)
            self._fail(asked, error.message)
        except Exception:
            logger.exception("The order %s met an unexpected error.", asked.id)
            self._fail(asked, _UNEXPECTED)

    def _fail(self, asked: ErasureRequest, message: str) -> None:
        with self._archive.database.write() as session:
            orders.fail(session, asked.id, message)

    def _look(self, asked: ErasureRequest) -> None:
        names = names_wanted(self._archive, asked.wanted)
        searched = search_files(self._archive, names, self._teller(asked.id))
        with self._archive.database.read() as session:
            found = look(session, names, None, searched.holding)
        if not (found.places or found.versions or searched.uploads or asked.wanted["person"]):
            self._fail(asked, _NOTHING)  # and a backup that is made now does not have it from here
            return
        versions = found.slide_versions
        told = {
            "tables": dict(found.by_kind),
            "slides": [[*slide, list(parts), versions[slide]] for slide, parts in found.slides.items()],
            "versions": len(found.versions),
            "files": sorted(searched.holding),
            "unsearched": [*searched.unsearched, *searched.unsearched_uploads],
            "uploads": sorted(searched.uploads),
            "accounts": list(found.accounts),
            "backup_place": found.backup_place,
        }
        with self._archive.database.write() as session:
            orders.note_found(session, asked.id, told)

    def _erase(self, asked: ErasureRequest) -> None:
        archive, wanted = self._archive, asked.wanted
        told = self._teller(asked.id)
        order = ErasureOrder(names_wanted(archive, wanted), asked.actor, asked.reason, erasure_id=asked.id)
        if wanted["only"] is not None:
            order = replace(order, only=frozenset((one, int(number)) for one, number in wanted["only"]))
        else:
            # Once more: files may have come since they were looked at.
            searched = search_files(archive, order.names, told)
            with archive.database.read() as session:
                person_id = wanted["person"] if is_known(session, wanted["person"]) else ""
            order = replace(order, person_id=person_id, files=searched.holding, uploads=searched.uploads)
        if not erase(archive, order, told).erasure_id:
            self._fail(asked, _NOTHING)

    def _teller(self, order_id: str) -> Any:
        def told(what: str, count: int) -> None:
            now_s = time.monotonic()
            if now_s - self._stepped_s < _STEP_EVERY_S:
                return
            self._stepped_s = now_s
            with suppress(Busy), self._archive.database.write() as session:
                orders.note_step(session, order_id, (what, count))

        return told


def _tell_nobody(what: str, count: int) -> None:
    del what, count


@contextmanager
def following_orders(archive: Archive) -> Iterator[None]:
    """Do what is ordered, in a thread, while the context lasts; one that is at work ends its order first."""
    stopping = threading.Event()
    thread = threading.Thread(target=_follow, args=(Orders(archive), stopping), name="erasing", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(_STOP_S)


def _follow(orders_there: Orders, stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            orders_there.do_all()
        except Busy:
            logger.debug("Another process erases just now.")
        except ArchiveError as error:
            logger.warning("Erasures cannot be worked on just now: %s", error.message)
        except Exception:
            logger.exception("Erasures could not be worked on.")
        stopping.wait(_LOOK_EVERY_S)


def erase_again(archive: Archive, listed: Sequence[Mapping[str, Any]], told: Told) -> tuple[str, ...]:
    """Do the erasures of a list that an archive does not know yet; return which those were.

    Args:
        archive: was restored just now; nobody uses it.
        listed: the erasures as `archive.backup.erasure_list` reads them.
        told: is called while it goes on.

    Raises:
        ArchiveError: as `erase`; then the archive must not be used.
    """
    finish_interrupted(archive, told)
    with archive.database.write() as session:
        orders.drop_all(session)
    with archive.database.read() as session:
        known = {one.id for one in erasures.all_of(session)}
    done = []
    for one in listed:
        if one["id"] not in known:
            erase(archive, _order(archive, one), told)
            with archive.database.write() as session:
                erasures.remember(session, one, _ACTOR)
            done.append(str(one["id"]))
    return tuple(done)


def _order(archive: Archive, one: Mapping[str, Any]) -> ErasureOrder:
    told = dict(one["words"])
    with archive.database.read() as session:
        names = lists.recovered(told, places.words(session))
        person_id = str(told.get("person", ""))
        if person_id and is_known(session, person_id):
            names = names.and_of(names_of(session, person_id))
        else:
            person_id = ""
    digests = frozenset(one["digests"])
    only = lists.slides(told)
    sent = search_uploads(archive, names, digests)[0] if only is None else frozenset()
    return ErasureOrder(
        names=names,
        actor=_ACTOR,
        reason=str(one["reason"]),
        person_id=person_id,
        only=only,
        files=digests,
        uploads=sent,
        erasure_id=str(one["id"]),
        words=told,
    )
