"""How far an index has come, in a document of its own beside the pages.

It is read in real time, not by a search. While a batch is opened to searches, which several shards do one
after the other, it says so: who then begins to read waits for a moment, and who has an open state stays in
it.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final

from opensearchpy import OpenSearch, exceptions

from archive.errors import Busy, IndexOutdated, IndexUnusable
from archive.index.documents import Watermark
from archive.index.opensearch.bulk import Target
from archive.index.opensearch.generations import RemoteGenerations
from archive.index.opensearch.mapping import LAYOUT

NAME: Final = "state"
FIRST_VERSION: Final = 1
"""Of pages that a rebuild writes; changes count from 1, and theirs are higher."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index says of itself.

    Attributes:
        index: Its own name.
        watermark: How far it has come.
        is_opening: Whether a later batch may be about to show.
    """

    index: str
    watermark: Watermark
    is_opening: bool


def version_of(watermark: Watermark) -> int:
    """Return the version of what is written with a watermark (the server wants them above 0)."""
    return watermark.seq + 1


def read_state(client: OpenSearch, generations: RemoteGenerations) -> IndexState | None:
    """Return the state of the index that the alias leads to, None where there is none.

    Raises:
        IndexUnusable: It does not say how far it has come.
        IndexOutdated: Another version made it.
    """
    try:
        found = client.get(index=generations.alias, id=NAME)
    except exceptions.NotFoundError as error:
        if generations.current() is None:
            return None
        raise _damaged() from error
    except exceptions.RequestError as error:
        generations.current()  # says what is wrong with the alias
        raise _damaged() from error
    try:
        held = found["_source"]["state"]
        layout = int(held["layout"])
        watermark = Watermark(str(held["epoch"]), int(held["seq"]), str(held["fingerprint"]))
        state = IndexState(str(found["_index"]), watermark, bool(held["is_opening"]))
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged() from error
    return _of_this_version(state, layout)


def _of_this_version(state: IndexState, layout: int) -> IndexState:
    if layout != LAYOUT:
        raise IndexOutdated(
            "The search index was made by another version of the archive. Run `archive rebuild`."
        )
    return state


def write_state(client: OpenSearch, index: str, watermark: Watermark, version: int) -> None:
    """Write how far an index has come, once searches see all of it.

    Raises:
        Busy: Another indexer has come further meanwhile.
    """
    params = {"version": str(version), "version_type": "external_gte"}
    try:
        client.index(index=index, id=NAME, body=_body(watermark, is_opening=False), params=params)
    except exceptions.ConflictError:
        raise Busy("Another machine writes the search index. Let only one do so.") from None


def opening(target: Target, watermark: Watermark) -> dict[str, Any]:
    """Return what tells, among a batch's pages, that it is about to show; `watermark` is the last one."""
    return {
        "_op_type": "index",
        "_index": target.index,
        "_id": NAME,
        "version": target.version,
        "version_type": "external_gte",
        "_source": _body(watermark, is_opening=True),
    }


def _body(watermark: Watermark, is_opening: bool) -> dict[str, Any]:
    return {"state": {**asdict(watermark), "is_opening": is_opening, "layout": LAYOUT}}


def _damaged() -> IndexUnusable:
    return IndexUnusable(
        "The search index does not say how far it has come. Run `archive rebuild` to make it anew."
    )
