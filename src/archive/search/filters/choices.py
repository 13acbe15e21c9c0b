"""The values of facets that would narrow a question further, and those that are chosen."""

from collections.abc import Mapping

from archive.analysis.collation import swedish_sort_key
from archive.catalogue import facet_labels
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import regions
from archive.index.schema import Facet
from archive.index.search import SearchAnswer
from archive.search.results import FacetChoice


def facet_choices(
    session: Session, answer: SearchAnswer, filters: Mapping[Facet, tuple[str, ...]], max_rank: int
) -> dict[Facet, tuple[FacetChoice, ...]]:
    """Return the values of each facet that an answer counted, most talks first.

    A chosen value that was not counted is among them where the visitor may know of it.
    """
    choices: dict[Facet, tuple[FacetChoice, ...]] = {}
    values = {facet.value: [count.value for count in counts] for facet, counts in answer.facets.items()}
    labels = facet_labels.labels(session, values)
    for facet, counts in answer.facets.items():
        chosen = filters.get(facet, ())
        counted = {count.value for count in counts}
        names = labels[facet.value]
        broader = regions.broader_codes(session, sorted(counted)) if facet is Facet.REGION else {}
        rows = [
            FacetChoice(
                count.value,
                names.get(count.value, count.value),
                count.groups,
                count.pages,
                count.value in chosen,
                broader.get(count.value, ""),
            )
            for count in counts
        ]
        rows += [
            FacetChoice(value, name, 0, 0, True)
            for value in chosen
            if value not in counted
            and (name := facet_labels.visible_label(session, facet.value, value, max_rank))
        ]
        rows.sort(key=lambda row: (-row.groups, swedish_sort_key(row.label)))
        choices[facet] = tuple(rows)
    return choices
