"""Erasing again what was erased since a backup was made, before the restored archive answers anybody."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from archive.app import Archive
from archive.catalogue.erasing import erasures, orders, places
from archive.catalogue.erasing.people import is_known, names_of
from archive.erasing import lists
from archive.erasing.erasing import Order, Told, erase, finish_interrupted
from archive.erasing.files import search_uploads

logger = logging.getLogger(__name__)

_ACTOR: Final = "restore"


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


def _order(archive: Archive, one: Mapping[str, Any]) -> Order:
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
    return Order(
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
