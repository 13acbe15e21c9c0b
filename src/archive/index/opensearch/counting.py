"""Exact counts beside the results: groups and pages, of all and of each value of a facet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from archive.index.opensearch.mapping import values_of
from archive.index.opensearch.snapshot import RemoteSnapshot
from archive.index.schema import Facet
from archive.index.search import FacetCount

_ALL: Final = 2_000_000
"""More groups or values than there are: a list of all of them is the only exact count."""

# The groups themselves stay on the server, which counts them there.
SHOWN: Final = (
    "aggregations.first.buckets.key",
    "aggregations.passing.doc_count",
    "aggregations.passing.counted.count",
    "aggregations.facet_*.values.buckets.key",
    "aggregations.facet_*.values.buckets.doc_count",
    "aggregations.facet_*.values.buckets.counted.count",
)


@dataclass(frozen=True, slots=True)
class PageCounts:
    """What was counted of the pages that match one query.

    `first_groups`: groups that match whatever values are chosen; all, where they are fewer than asked for.
    """

    groups: int
    pages: int
    facets: Mapping[Facet, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    first_groups: tuple[str, ...] = ()


def count_questions(
    filters: Mapping[Facet, Sequence[str]], facets: Sequence[Facet], first_groups: int
) -> dict[str, Any]:
    """Return what is to be counted.

    Args:
        filters: The chosen values.
        facets: Whose values are counted, each without its own filter.
        first_groups: How many groups are named, whatever values are chosen.
    """
    asked: dict[str, Any] = {"passing": {"filter": chosen(filters), "aggs": _groups()}}
    if first_groups:
        asked["first"] = {"terms": {"field": "group", "size": first_groups}}
    for facet in facets:
        values = {"field": values_of(facet), "size": _ALL, "order": {"_key": "asc"}}
        asked[f"facet_{facet.value}"] = {
            "filter": chosen(filters, facet),
            "aggs": {"values": {"terms": values, "aggs": _groups()}},
        }
    return asked


def chosen(filters: Mapping[Facet, Sequence[str]], without: Facet | None = None) -> dict[str, Any]:
    """Return the filter for pages with one of the chosen values of each facet, of one facet apart."""
    clauses = [
        {"terms": {values_of(facet): list(values)}}
        for facet, values in filters.items()
        if values and facet is not without
    ]
    return {"bool": {"filter": clauses}} if clauses else {"match_all": {}}


def _groups() -> dict[str, Any]:
    listed = {"terms": {"field": "group", "size": _ALL, "order": {"_key": "asc"}}}
    return {"groups": listed, "counted": {"stats_bucket": {"buckets_path": "groups>_count"}}}


def read_counts(answer: Mapping[str, Any], facets: Sequence[Facet]) -> PageCounts:
    """Return the counts of an answer."""
    told = answer["aggregations"]
    passing = told["passing"]
    by_facet = {
        facet: {
            str(bucket["key"]): (int(bucket["counted"]["count"]), int(bucket["doc_count"]))
            for bucket in told.get(f"facet_{facet.value}", {}).get("values", {}).get("buckets", ())
        }
        for facet in facets
    }
    first = tuple(str(bucket["key"]) for bucket in told.get("first", {}).get("buckets", ()))
    return PageCounts(int(passing["counted"]["count"]), int(passing["doc_count"]), by_facet, first)


def document_count(snapshot: RemoteSnapshot) -> int:
    """Return how many documents have pages, whatever their rank."""
    listed = {"terms": {"field": "document", "size": _ALL, "order": {"_key": "asc"}}}
    counted = {"stats_bucket": {"buckets_path": "documents>_count"}}
    body = {
        "size": 0,
        "query": {"exists": {"field": "rank"}},
        "aggs": {"documents": listed, "counted": counted},
    }
    answer = snapshot.search(body, shown=("aggregations.counted.count", "_shards"))
    return int(answer["aggregations"]["counted"]["count"])


def added(counts: Sequence[PageCounts], facet: Facet, limit: int) -> tuple[FacetCount, ...]:
    """Return the values of a facet over queries that share no group: most groups, most pages, first value."""
    totals: dict[str, tuple[int, int]] = {}
    for one in counts:
        for value, (groups, pages) in one.facets[facet].items():
            held = totals.get(value, (0, 0))
            totals[value] = (held[0] + groups, held[1] + pages)
    ordered = sorted(totals.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))
    return tuple(FacetCount(value, groups, pages) for value, (groups, pages) in ordered[: max(0, limit)])
