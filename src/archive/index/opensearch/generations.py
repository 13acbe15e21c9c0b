"""The indexes of one archive: one that the alias leads to, an old one for a while, one that is being made.

They are named `PREFIX-000001` and on, and the alias is PREFIX. A new one takes the old one's place when the
alias is swapped; the old one is deleted later, since searches that have begun go on in it.
"""

import re
import socket
import time
from contextlib import suppress
from typing import Any, Final

from opensearchpy import OpenSearch, exceptions

from archive.errors import IndexUnusable, SearchRefused
from archive.index.opensearch.mapping import index_body
from archive.settings.opensearch import OpenSearchSettings

RETIRED_S: Final = 300.0
"""How long an index that was replaced stays: longer than any search in it takes."""
_ABANDONED_S: Final = 86_400.0
"""An index that another machine began to make so long ago will never be finished."""
_MAX_BUCKETS: Final = 10_000_000
_MAX_CLAUSES: Final = 65_536
_CREATE_ATTEMPTS: Final = 5


class RemoteGenerations:
    """Makes, finds, swaps and deletes the indexes of one prefix."""

    def __init__(self, client: OpenSearch, settings: OpenSearchSettings) -> None:
        self._client = client
        self._settings = settings
        self.alias = settings.index_prefix

    def current(self) -> str | None:
        """Return the index that the alias leads to, None where there is none yet.

        Raises:
            IndexUnusable: It leads to several, or an index has its name.
        """
        try:
            found = self._client.indices.get_alias(index=f"{self.alias}*", name=self.alias)
        except exceptions.NotFoundError:
            found = {}
        names = [name for name, held in found.items() if held.get("aliases")]
        if len(names) > 1 or (not names and self._client.indices.exists(index=self.alias)):
            raise IndexUnusable(
                "The alias of the search index leads to several indexes, or is an index itself. "
                "Delete what does not belong to the archive, or set another opensearch.index_prefix."
            )
        return names[0] if names else None

    def create(self) -> str:
        """Make an empty index that the alias does not lead to; return its name."""
        self._allow_large_answers()
        body = index_body(self._settings)
        body["mappings"]["_meta"] |= {"made_by": socket.gethostname(), "made_at": int(time.time())}
        for attempt in range(_CREATE_ATTEMPTS):
            number = max((_number(name) for name in self._all()), default=0) + 1 + attempt
            name = f"{self.alias}-{number:06}"
            try:
                self._client.indices.create(index=name, body=body, params={"wait_for_active_shards": "1"})
            except exceptions.RequestError as error:
                if error.error == "mapper_parsing_exception":
                    expected = "expected a newer OpenSearch, such as 3.8"
                    raise SearchRefused("opensearch.hosts", expected) from error
                if error.error != "resource_already_exists_exception":
                    raise
            else:
                return name
        raise IndexUnusable("Another machine makes the search index anew at this moment. Try again later.")

    def publish(self, name: str) -> None:
        """Let the alias lead to an index, and to no other any more, at once."""
        old = self.current()
        actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": self.alias}}]
        if old and old != name:
            self._note(old, {"retired_at": int(time.time())})
            actions.insert(0, {"remove": {"index": old, "alias": self.alias}})
        self._client.indices.update_aliases(body={"actions": actions})

    def drop(self, name: str) -> None:
        """Delete an index, if it is there."""
        with suppress(exceptions.NotFoundError):
            self._client.indices.delete(index=name)

    def clear_old(self, retired_s: float = RETIRED_S) -> None:
        """Delete what was replaced some time ago, and what was begun and never finished.

        To be called by the one writer of this machine: what it began itself before nobody goes on with.
        """
        current = self.current()
        now = time.time()
        for name, meta in self._all().items():
            if name == current:
                continue
            retired_at, made_at = meta.get("retired_at"), meta.get("made_at", 0)
            is_own = meta.get("made_by") == socket.gethostname()
            if retired_at is not None:
                is_over = now - retired_at >= retired_s
            else:
                is_over = is_own or now - made_at >= _ABANDONED_S
            if is_over:
                self.drop(name)

    def meta(self, name: str) -> dict[str, Any]:
        """Return what an index says of itself."""
        mapping = self._client.indices.get_mapping(index=name)[name]["mappings"]
        return dict(mapping.get("_meta", {}))

    def _note(self, name: str, told: dict[str, Any]) -> None:
        self._client.indices.put_mapping(index=name, body={"_meta": self.meta(name) | told})

    def _all(self) -> dict[str, dict[str, Any]]:
        """Return the indexes of the archive by name, with what each says of itself."""
        found = self._client.indices.get_mapping(index=f"{self.alias}-*", params={"expand_wildcards": "all"})
        return {
            name: dict(held["mappings"].get("_meta", {}))
            for name, held in found.items()
            if self._is_own(name)
        }

    def _is_own(self, name: str) -> bool:
        return re.fullmatch(rf"{re.escape(self.alias)}-[0-9]{{6,}}", name) is not None

    def _allow_large_answers(self) -> None:
        """Raise the cluster's bounds on exact counts and long questions, where the user may do so.

        Where they may not, an archive of many thousand talks needs it done by hand (docs/scaling.md).
        """
        bounds = {
            "search.max_buckets": _MAX_BUCKETS,
            "indices.query.bool.max_clause_count": _MAX_CLAUSES,
        }
        held = self._client.cluster.get_settings(params={"flat_settings": "true"})["persistent"]
        if any(str(held.get(name)) != str(bound) for name, bound in bounds.items()):
            with suppress(exceptions.AuthorizationException, exceptions.RequestError):
                self._client.cluster.put_settings(body={"persistent": bounds})


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])
