"""What pages say of a change of many: what it is called, who is refused and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Flask

from archive.catalogue.bulk.subjects import Names
from archive.model.bulk import BulkChange, BulkKind, Plan, PlannedChange, RecordKind, Refusal, Refused
from archive.web.http.language import gettext
from archive.web.presenters.edit_texts import field_value, record_kind

_NAMED = {
    BulkKind.ADD_REGION: "regions",
    BulkKind.REMOVE_REGION: "regions",
    BulkKind.ADD_FOCUS_AREA: "focus_areas",
    BulkKind.REMOVE_FOCUS_AREA: "focus_areas",
    BulkKind.EVENT: "events",
}
_OF_CODES = (BulkKind.VISIBILITY, BulkKind.LANGUAGE, BulkKind.WITHDRAW, BulkKind.READ_AGAIN)


@dataclass(frozen=True, slots=True)
class RefusedGroup:
    """Documents that are left for one reason, with the first of them."""

    why: str
    count: int
    first: Sequence[Refused]


def install(app: Flask) -> None:
    """Give the templates what names a change and its records."""
    app.jinja_env.filters.update(bulk_before=bulk_before, bulk_after=bulk_after, bulk_record=bulk_record)


def bulk_record(kind: RecordKind) -> str:
    """Return what a kind of record is called."""
    return record_kind(kind.value)


def bulk_before(change: PlannedChange) -> str:
    """Return an old value as people read it."""
    return _value(change.change.kind, change.before)


def bulk_after(change: PlannedChange) -> str:
    """Return a new value as people read it."""
    return _value(change.change.kind, change.after)


def change_text(change: BulkChange, called: Names) -> str:
    """Return in a few words what a change does."""
    value = change.value
    named = _NAMED.get(change.kind)
    if named:
        value = getattr(called, named).get(value, value)
    texts = {
        BulkKind.ADD_FOCUS_AREA: gettext("Lägg till fokusområdet %(value)s", value=value),
        BulkKind.REMOVE_FOCUS_AREA: gettext("Ta bort fokusområdet %(value)s", value=value),
        BulkKind.ADD_REGION: gettext("Lägg till regionen %(value)s", value=value),
        BulkKind.REMOVE_REGION: gettext("Ta bort regionen %(value)s", value=value),
        BulkKind.VISIBILITY: gettext("Synlighet: %(value)s", value=field_value(value)),
        BulkKind.LANGUAGE: gettext("Språk: %(value)s", value=field_value(value)),
        BulkKind.EVENT: gettext("Flytta till %(value)s", value=value)
        if value
        else gettext("Ta bort ur händelsen"),
        BulkKind.WITHDRAW: gettext("Dra tillbaka"),
        BulkKind.READ_AGAIN: gettext("Läs om filerna"),
    }
    return str(texts.get(change.kind, change.kind.value))


def refused_groups(plan: Plan, first: int) -> list[RefusedGroup]:
    """Return the refused documents by reason, the most frequent first."""
    counts = Counter(one.why for one in plan.refused)
    return [
        RefusedGroup(bulk_refusal_name(why), count, _first(plan.refused, why, first))
        for why, count in counts.most_common()
    ]


def bulk_refusal_name(why: Refusal) -> str:
    """Return why a document is left as it is."""
    return {
        Refusal.UNKNOWN: gettext("Finns inte i arkivet"),
        Refusal.WITHDRAWN: gettext("Tillbakadraget"),
        Refusal.NO_TALK: gettext("Hör inte till något föredrag, och det är föredrag som har regioner"),
        Refusal.NO_EVENT: gettext("Hör inte till någon händelse, och det är händelser som har fokusområden"),
        Refusal.ALREADY: gettext("Är redan så"),
        Refusal.BEING_READ: gettext("Läses just nu, eller väntar på att läsas"),
        Refusal.EVENT_STRICTER: gettext("Händelsens egen fil säger att färre får se den"),
    }[why]


def plan_rows(plan: Plan) -> Iterable[Sequence[str]]:
    """Yield the rows of a plan as a table: those that change, then those that are refused."""
    for one in plan.changes:
        yield (bulk_record(one.record), one.id, one.title, bulk_before(one), bulk_after(one), "")
    for refused in plan.refused:
        document = bulk_record(RecordKind.DOCUMENT)
        yield (document, refused.document, refused.title, "", "", bulk_refusal_name(refused.why))


def plan_head() -> Sequence[str]:
    """Return the heads of the columns of `plan_rows`."""
    return (
        gettext("Typ"),
        gettext("Id"),
        gettext("Titel"),
        gettext("Nu"),
        gettext("Blir"),
        gettext("Lämnas för att"),
    )


def _value(kind: BulkKind, value: str) -> str:
    if kind is BulkKind.WITHDRAW and value == "withdrawn":
        return str(gettext("tillbakadraget"))
    if kind is BulkKind.READ_AGAIN:
        return str(gettext("läses om") if value else gettext("läst"))
    return field_value(value) if kind in _OF_CODES else value or "–"


def _first(refused: Iterable[Refused], why: Refusal, count: int) -> list[Refused]:
    return [one for one in refused if one.why is why][:count]
