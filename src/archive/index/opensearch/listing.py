"""The pages that match a query, read in portions in reading order, each with its score."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from archive.index.opensearch.snapshot import RemoteSnapshot
from archive.index.search import PageRef

_PORTION: Final = 5_000


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that matches, with its group, their orders, its score, and those of named parts of the query."""

    ref: PageRef
    group: str
    date: int
    score: float
    group_order: str = ""
    order: str = ""
    parts: Mapping[str, float] = field(default_factory=dict)


def found_pages(
    snapshot: RemoteSnapshot, query: Mapping[str, Any], is_scored: bool = False, portion: int = _PORTION
) -> Iterator[FoundPage]:
    """Yield the pages that match the server's query: by order, document and number."""
    body: dict[str, Any] = {
        "query": query,
        "size": portion,
        "sort": [{"order": "asc"}, {"document": "asc"}, {"number": "asc"}],
        "track_scores": is_scored,
        "track_total_hits": False,
        "docvalue_fields": ["document", "number", "group", "date", "group_order", "order"],
    }
    while True:
        hits = snapshot.search(body)["hits"]["hits"]
        yield from map(_found, hits)
        if len(hits) < portion:
            return
        body = {**body, "search_after": hits[-1]["sort"]}


def _found(hit: Mapping[str, Any]) -> FoundPage:
    fields = hit["fields"]
    parts = hit.get("matched_queries")
    return FoundPage(
        PageRef(str(fields["document"][0]), int(fields["number"][0])),
        str(fields["group"][0]),
        int(fields.get("date", [0])[0]),
        float(hit.get("_score") or 0.0),
        str(fields["group_order"][0]),
        str(fields["order"][0]),
        parts if isinstance(parts, Mapping) else {},
    )


def in_documents(query: Mapping[str, Any], documents: Sequence[str]) -> dict[str, Any]:
    """Return the query for those matching pages that are of some documents."""
    return {"bool": {"filter": [query, {"terms": {"document": list(documents)}}]}}
