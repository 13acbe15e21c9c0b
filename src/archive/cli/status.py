"""`archive status`: prints how much the archive has and whether it works."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from archive.app import Archive
    from archive.health import Health


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(data: Path, as_json: bool) -> int:
    """Print counts, waiting jobs, the index's health, the isolation in force and missing parts.

    Ends with 1 if the catalogue or the index cannot be used.
    """
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_pairs

    with opened(data, must_exist=True, quiet=as_json) as archive:
        health = archive.health()
        status = _status(archive, health)
    if as_json:
        print_json(status)
    else:
        print_pairs(_lines(status))
    return 0 if health.is_ok else 1


def _status(archive: "Archive", health: "Health") -> dict[str, Any]:
    from archive.catalogue.statistics import counts

    with archive.database.read() as session:
        totals = counts(session)
    indexed_documents, indexed_pages = archive.engine.counts()
    return {
        "data": str(archive.settings.data),
        "documents": totals.documents,
        "pages": totals.pages,
        "originals": totals.originals,
        "pictures": totals.pictures,
        "unread_pictures": totals.unread_pictures,
        "events": totals.events,
        "presentations": totals.talks,
        "by_category": totals.by_category,
        "pending": {kind.value: count for kind, count in health.pending.items()},
        "index": {
            "ok": health.index_ok,
            "engine": archive.engine.name,
            "documents": indexed_documents,
            "pages": indexed_pages,
            "changes_behind": health.index_lag,
            "bytes": archive.engine.size_bytes(),
        },
        "journal_mode": archive.database.journal_mode,
        "isolation": {"reduced": health.is_reduced_isolation, "protections": list(health.protections)},
        "missing_parts": list(health.missing_parts),
    }


def _unread(pages: int, pending: int) -> str:
    if not pages:
        return "nothing"
    told = "OCR waits" if pending else "`archive outcomes` says why, or a part is missing"
    return f"{pages} slides and pages ({told})"


def _lines(status: dict[str, Any]) -> list[tuple[str, str]]:
    index, isolation = status["index"], status["isolation"]
    categories = ", ".join(f"{count} {name}" for name, count in status["by_category"].items())
    pending = ", ".join(f"{count} to {name}" for name, count in status["pending"].items() if count)
    state = "in order" if index["ok"] else "not usable: run `archive rebuild`"
    return [
        ("Archive", status["data"]),
        ("Documents", f"{status['documents']} ({categories})" if categories else str(status["documents"])),
        ("Slides and pages", f"{status['pages']}, {status['pictures']} with pictures"),
        ("Seminars", f"{status['events']} with {status['presentations']} talks"),
        ("Waiting", pending or "nothing"),
        ("Not read by OCR", _unread(status["unread_pictures"], status["pending"].get("ocr", 0))),
        (
            "Index",
            f"{state} ({index['engine']}, {index['documents']} documents, {index['pages']} pages, "
            f"{index['changes_behind']} changes behind, {index['bytes'] / 1e6:.1f} MB)",
        ),
        (
            "Isolation",
            ("reduced isolation: " if isolation["reduced"] else "full: ")
            + ", ".join(isolation["protections"]),
        ),
        ("Missing parts", ", ".join(status["missing_parts"]) or "none"),
    ]
