"""How `archive status` tells of the processes that work."""

from collections.abc import Sequence
from typing import Any

from archive.cli.language import text
from archive.model.processes import Process


def process_values(process: Process) -> dict[str, Any]:
    """Return what JSON says of a process."""
    return {
        "name": process.name,
        "kind": process.kind.value,
        "host": process.host,
        "pid": process.pid,
        "started_at": process.started_at.isoformat(),
        "seen_at": process.seen_at.isoformat(),
        "alive": process.is_alive,
        "leases": [
            {
                "kind": job.kind.value,
                "document": job.document_id,
                "file": job.filename,
                "attempt": job.attempts,
                "until": job.leased_until.isoformat(),
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
