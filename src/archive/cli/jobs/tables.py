"""How `archive jobs` prints what it found, as tables and as JSON."""

from datetime import datetime
from typing import Any

from archive.app.job_overview import JobOverview
from archive.catalogue.operation import incoming
from archive.catalogue.operation.history import DocumentLog, without_paths
from archive.catalogue.operation.incoming import WaitingLinks, WaitingUploads
from archive.catalogue.operation.remedies import ADVICE
from archive.catalogue.operation.running import DocumentJob
from archive.cli.echo import echo
from archive.cli.language import text, translated
from archive.cli.output import print_pairs, print_table
from archive.model.jobs import AuditEvent, JobKind
from archive.model.uploads import UploadState

_REFUSED_LISTED = 20  # of each reason; `archive outcomes` lists all
_MEGABYTE, _GIGABYTE = 10**6, 10**9


def print_overview(overview: JobOverview) -> None:
    """Print the state of all work as tables."""
    print_pairs(_lines(overview))
    for heading, jobs in ((text("At work"), overview.running), (text("Set aside"), overview.set_aside)):
        if jobs:
            echo("")
            echo(heading)
            rows = [
                (_kind(job.kind), job.document_id, without_paths(job.filename), _moment(job.since))
                for job in jobs
            ]
            print_table([text("Job"), text("Document"), text("File"), text("Since")], rows)
    if overview.failed:
        echo("")
        found = [
            (category.value, str(one.count), translated(ADVICE[category]))
            for category, one in overview.failed.items()
        ]
        print_table([text("Outcome"), text("Documents"), text("What to do")], found)
    if overview.refused:
        echo("")
        echo(text("Not taken in"))
        rows = [
            (file.code, without_paths(file.name), _moment(file.at), translated(without_paths(file.message)))
            for files in overview.refused.values()
            for file in files[:_REFUSED_LISTED]
        ]
        print_table([text("Reason"), text("File"), text("Time"), text("What happened")], rows)


def overview_details(overview: JobOverview) -> dict[str, Any]:
    """Return the state of all work as it is printed as JSON."""
    return {
        "at": overview.at.isoformat(),
        "running": [_job_details(job) for job in overview.running],
        "waiting": {
            one.kind.value: {"count": one.count, "oldest": one.oldest_at and one.oldest_at.isoformat()}
            for one in overview.waiting
        },
        "failed": {
            category.value: {"count": one.count, "what_to_do": ADVICE[category]}
            for category, one in overview.failed.items()
        },
        "uploads": [{"state": one.state.value, **_waiting_details(one)} for one in overview.uploads],
        "links": [_waiting_details(one) for one in overview.links],
        "refused": _refused_details(overview),
        "set_aside": {
            "documents": overview.set_aside_count,
            "jobs": [_job_details(job) for job in overview.set_aside],
        },
        "index": {
            "ok": overview.lag.is_ok,
            "changes_behind": overview.lag.changes,
            "seconds_behind": round(overview.lag.seconds, 1),
        },
        "disk": {
            "originals_bytes": overview.disk.originals_bytes,
            "pictures_bytes_estimated": overview.disk.pictures_bytes,
            "index_bytes": overview.disk.index_bytes,
            "free_bytes": overview.disk.free_bytes,
        },
        "missing_parts": list(overview.missing_parts),
    }


def _waiting_details(one: WaitingUploads | WaitingLinks) -> dict[str, Any]:
    return {"count": one.count, "oldest": one.oldest_at.isoformat(), "message": one.message}


def _refused_details(overview: JobOverview) -> dict[str, Any]:
    """Return the files that were not taken in by reason, the first ones of each by name."""
    return {
        code: {
            "count": len(files),
            "what_to_do": incoming.advice(code),
            "files": [
                {
                    "name": without_paths(file.name),
                    "message": without_paths(file.message),
                    "at": file.at.isoformat(),
                    "is_upload": file.target is not None,
                }
                for file in files[:_REFUSED_LISTED]
            ],
        }
        for code, files in overview.refused.items()
    }


def print_log(log: DocumentLog) -> None:
    """Print what became of a document."""
    category = log.category.value if log.category else text("not read yet")
    told = " ".join(filter(None, (log.message, ADVICE.get(log.category, "") if log.category else "")))
    print_pairs(
        [
            (text("Document"), log.document_id),
            (text("File"), log.filename),
            (text("Outcome"), category),
            *([(text("What happened"), translated(told))] if told else []),
            *([(text("Pictures"), translated(log.picture_message))] if log.picture_message else []),
            *((_kind(job.kind), _state(job)) for job in log.jobs),
            (text("All files verified"), _look(log.last_look)),
        ]
    )
    rows = [
        (_moment(event.at), event.action, event.outcome, translated(event.detail), event.actor)
        for event in log.events
    ]
    echo("")
    print_table([text("Time"), text("Event"), text("Outcome"), text("Details"), text("Who")], rows)


def log_details(log: DocumentLog) -> dict[str, Any]:
    """Return what became of a document as it is printed as JSON."""
    return {
        "document": log.document_id,
        "title": log.title,
        "filename": log.filename,
        "version": log.version,
        "given": log.given_at.isoformat(),
        "category": log.category and log.category.value,
        "message": log.message,
        "what_to_do": ADVICE.get(log.category, "") if log.category else "",
        "picture_message": log.picture_message,
        "pages": log.page_count,
        "all_verified": log.last_look
        and {"at": log.last_look.at.isoformat(), "problems": int(log.last_look.detail)},
        "jobs": [_job_details(job) for job in log.jobs],
        "events": [
            {
                "at": event.at.isoformat(),
                "action": event.action,
                "outcome": event.outcome,
                "details": event.detail,
                "actor": event.actor,
            }
            for event in log.events
        ],
    }


def _lines(overview: JobOverview) -> list[tuple[str, str]]:
    lag, disk = overview.lag, overview.disk
    waiting = ", ".join(f"{one.count} {_kind(one.kind)}" for one in overview.waiting if one.count)
    state = text("in order") if lag.is_ok else text("not usable: run `archive rebuild`")
    behind = text(
        "%(changes)s changes, %(seconds)s s behind", changes=lag.changes, seconds=round(lag.seconds)
    )
    sizes = text(
        "%(originals)s originals, about %(pictures)s pictures, %(index)s index, %(free)s free",
        originals=_size(disk.originals_bytes),
        pictures=_size(disk.pictures_bytes),
        index=_size(disk.index_bytes),
        free=_size(disk.free_bytes),
    )
    return [
        (text("At work"), str(len(overview.running))),
        (text("Waiting"), waiting or text("nothing")),
        *((_upload_state(one), _uploads(one)) for one in overview.uploads),
        *((text("Links of imports"), _uploads(one)) for one in overview.links),
        (text("Not read"), str(overview.unread_count)),
        (text("Set aside"), str(overview.set_aside_count)),
        (text("Index"), f"{state}, {behind}"),
        (text("Disk"), sizes),
        (text("Missing parts"), ", ".join(overview.missing_parts) or text("none")),
    ]


def _upload_state(uploads: WaitingUploads) -> str:
    if uploads.state is UploadState.RECEIVING:
        return text("Uploads being sent")
    return text("Uploads not taken in yet")


def _uploads(uploads: WaitingUploads | WaitingLinks) -> str:
    told = text(
        "%(count)s, the oldest since %(since)s", count=uploads.count, since=_moment(uploads.oldest_at)
    )
    return f"{told}. {translated(uploads.message)}" if uploads.message else told


def _kind(kind: JobKind) -> str:
    names = {
        JobKind.EXTRACT: text("reading text"),
        JobKind.RENDER: text("making pictures"),
        JobKind.OCR: text("reading pictures"),
    }
    return names[kind]


def _look(event: AuditEvent | None) -> str:
    if event is None:
        return text("never")
    if event.outcome == "ok":
        return text("%(time)s, nothing was wrong", time=_moment(event.at))
    return text("%(time)s, problems: %(count)s", time=_moment(event.at), count=event.detail)


def _state(job: DocumentJob) -> str:
    state = text("at work") if job.is_running else text("waits")
    return text(
        "%(state)s since %(since)s, attempt %(attempt)s",
        state=state,
        since=_moment(job.since),
        attempt=job.attempts,
    )


def _job_details(job: DocumentJob) -> dict[str, Any]:
    return {
        "kind": job.kind.value,
        "document": job.document_id,
        "filename": without_paths(job.filename),
        "since": job.since.isoformat(),
        "attempts": job.attempts,
        "running": job.is_running,
    }


def _moment(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _size(size_bytes: int) -> str:
    if size_bytes < _GIGABYTE:
        return f"{size_bytes / _MEGABYTE:.1f} MB"
    return f"{size_bytes / _GIGABYTE:.1f} GB"
