"""`archive status`: prints how much the archive has, whether it works, and which processes do."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.language import text, translated
from archive.model.processes import Process

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

    with opened(data, must_exist=True, quiet=as_json, only_looks=True) as archive:
        health = archive.health()
        status = _status(archive, health)
    if as_json:
        print_json(status)
    else:
        print_pairs(_lines(status))
    return 0 if health.is_ok else 1


def _status(archive: "Archive", health: "Health") -> dict[str, Any]:
    from archive.catalogue.database.address import shown_address
    from archive.catalogue.operation import processes
    from archive.catalogue.statistics import counts
    from archive.catalogue.uploads import uploads
    from archive.disk.data_folder import is_read_only
    from archive.ingest.presence import look
    from archive.model.uploads import UploadState

    with archive.database.read() as session:
        totals = counts(session)
        waiting = uploads.count_in(session, UploadState.RECEIVED)
        receiving = uploads.count_in(session, UploadState.RECEIVING)
        running = processes.listed(
            session, look(archive.database, archive.settings.data / "workers", archive.settings.database)
        )
    return {
        "data": str(archive.settings.data),
        "read_only": is_read_only(archive.settings.data),
        "documents": totals.documents,
        "pages": totals.pages,
        "originals": totals.originals,
        "pictures": totals.pictures,
        "unread_pictures": totals.unread_pictures,
        "events": totals.events,
        "presentations": totals.talks,
        "by_category": totals.by_category,
        "pending": {kind.value: count for kind, count in health.pending.items()},
        "uploads": {"receiving": receiving, "waiting": waiting},
        "index": _index(archive, health),
        "catalogue": shown_address(archive.settings),
        "processes": [process_values(one) for one in running],
        "journal_mode": archive.database.journal_mode,
        "isolation": {"reduced": health.is_reduced_isolation, "protections": list(health.protections)},
        "missing_parts": list(health.missing_parts),
        "backup": _backup(archive),
        "readable_by_others": [str(folder) for folder in health.exposed],
    }


def _backup(archive: "Archive") -> dict[str, Any]:
    from archive.catalogue.operation import backups
    from archive.cli.backups.scrub import backup_age

    with archive.database.read() as session:
        made, checked, verified = (
            backups.last(session, event) for event in ("backup_made", "backup_checked", "verified")
        )
    return {
        "made_at": made.at.isoformat() if made else None,
        "checked_at": checked.at.isoformat() if checked else None,
        "verified_at": verified.at.isoformat() if verified else None,
        "told": backup_age(archive),
    }


def _index(archive: "Archive", health: "Health") -> dict[str, Any]:
    from archive.app.job_overview import index_lag
    from archive.errors import SearchAway

    told: dict[str, Any] = {"ok": health.index_ok, "engine": archive.engine.name}
    try:
        documents, pages = archive.engine.counts()
        size_bytes = archive.engine.size_bytes()
    except SearchAway as error:
        return told | {"away": error.message}
    return told | {
        "documents": documents,
        "pages": pages,
        "changes_behind": health.index_lag,
        "seconds_behind": round(index_lag(archive.database, archive.engine, archive.indexer).seconds, 1),
        "bytes": size_bytes,
    }


def _unread(pages: int, pending: int) -> str:
    if not pages:
        return text("nothing")
    if pending:
        return text("%(pages)s slides and pages (OCR waits)", pages=pages)
    return text("%(pages)s slides and pages (`archive outcomes` says why, or a part is missing)", pages=pages)


def _lines(status: dict[str, Any]) -> list[tuple[str, str]]:
    categories = ", ".join(f"{count} {name}" for name, count in status["by_category"].items())
    jobs = {"extract": text("to extract"), "render": text("to render"), "ocr": text("to ocr")}
    pending = ", ".join(
        f"{count} {jobs.get(name, name)}" for name, count in status["pending"].items() if count
    )
    pictures = text("%(pages)s, %(pictures)s with pictures", **_named(status, "pages", "pictures"))
    seminars = text("%(events)s with %(presentations)s talks", **_named(status, "events", "presentations"))
    documents, place = str(status["documents"]), status["data"]
    if status["read_only"]:
        place += f" ({text('read-only')})"
    return [
        (
            text("Archive"),
            f"{status['data']} ({text('read-only')})" if status["read_only"] else status["data"],
        ),
        (text("Documents"), f"{documents} ({categories})" if categories else documents),
        (text("Slides and pages"), pictures),
        (text("Seminars"), seminars),
        (text("Waiting"), pending or text("nothing")),
        *_uploads_line(status["uploads"]),
        (text("Not read by OCR"), _unread(status["unread_pictures"], status["pending"].get("ocr", 0))),
        (text("Index"), _index_line(status["index"])),
        (text("Isolation"), _isolation_line(status["isolation"])),
        (text("Last backup"), status["backup"]["told"]),
        (text("Missing parts"), ", ".join(status["missing_parts"]) or text("none")),
        *_exposed_line(status["readable_by_others"]),
        *process_lines(status["processes"]),
    ]


def _uploads_line(uploads: dict[str, int]) -> list[tuple[str, str]]:
    if not any(uploads.values()):
        return []
    return [
        (
            text("Uploads"),
            text("%(receiving)s being received, %(waiting)s to take in", **uploads),
        )
    ]


def _exposed_line(folders: list[str]) -> list[tuple[str, str]]:
    return [(text("Readable by other users"), ", ".join(folders))] if folders else []


def _named(status: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: status[name] for name in names}


def _index_line(index: dict[str, Any]) -> str:
    if "away" in index:
        return f"{translated(index['away'])} ({index['engine']})"
    state = text("in order") if index["ok"] else text("not usable: run `archive rebuild`")
    return text(
        "%(state)s (%(engine)s, %(documents)s documents, %(pages)s pages, "
        "%(behind)s changes and %(seconds)s s behind, %(size)s MB)",
        state=state,
        behind=index["changes_behind"],
        seconds=index["seconds_behind"],
        size=f"{index['bytes'] / 1e6:.1f}",
        **_named(index, "engine", "documents", "pages"),
    )


def _isolation_line(isolation: dict[str, Any]) -> str:
    protections = ", ".join(map(_protection, isolation["protections"]))
    if isolation["reduced"]:
        return text("reduced isolation: %(protections)s", protections=protections)
    return text("full: %(protections)s", protections=protections)


def _protection(named: str) -> str:
    """Return "files: landlock abi 7" in the system's language; names of the kernel's parts are names."""
    kind, _, by = named.partition(": ")
    kinds = {
        "memory and time": text("memory and time"),
        "files": text("files"),
        "truncation": text("truncation"),
        "signals": text("signals"),
        "network": text("network"),
        "processes": text("processes"),
        "modes and owners": text("modes and owners"),
    }
    means = {"none": text("none")}
    parts = [means.get(part, part) for part in by.split(" and ")]
    told = text("%(first)s and %(second)s", first=parts[0], second=parts[1]) if parts[1:] else parts[0]
    return f"{kinds.get(kind, kind)}: {told}"


def process_values(process: Process) -> dict[str, Any]:
    """Return what JSON says of a process."""
    return {
        "name": process.name,
        "kind": process.kind.value,
        "host": process.host,
        "pid": process.pid,
        "started_at": process.started_at.isoformat(timespec="seconds"),
        "seen_at": process.seen_at.isoformat(timespec="seconds"),
        "alive": process.is_alive,
        "leases": [
            {
                "kind": job.kind.value,
                "document": job.document_id,
                "file": job.filename,
                "attempt": job.attempts,
                "until": job.leased_until.isoformat(timespec="seconds"),
            }
            for job in process.jobs
        ],
    }


def process_lines(processes: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return a line for each process, with what it works on."""
    return [(text("Process"), _line(process)) for process in processes]


def _line(process: dict[str, Any]) -> str:
    told = text("%(kind)s on %(host)s, number %(pid)s", **process)
    if not process["alive"]:
        return text("%(process)s: gone, last seen %(seen_at)s", process=told, seen_at=process["seen_at"])
    jobs = ", ".join(
        text("%(file)s (%(kind)s, attempt %(attempt)s, until %(until)s)", **lease)
        for lease in process["leases"]
    )
    return f"{told}: {jobs}" if jobs else told
