"""Figures for Prometheus, in its text format; for the machine itself, admins, and programs of staff alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response

from archive.app.job_overview import JobOverview
from archive.catalogue.operation import totals
from archive.errors import NotFound
from archive.model.uploads import UploadState
from archive.web.http.context import current_archive, current_overviews
from archive.web.http.figures import may_have_figures
from archive.web.http.traffic import BOUNDS_S, RequestCounts, request_counts

if TYPE_CHECKING:
    from prometheus_client.core import Metric

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Answer with all figures; to others than those they are for there is no such page."""
    if not may_have_figures():
        raise NotFound("There is no such page.")
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures())
    return Response(
        generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )


class _Figures:
    """What a registry of the library asks for its figures."""

    def collect(self) -> Iterator["Metric"]:
        """Yield all figures."""
        overviews = current_overviews()
        overview, counted = overviews.look(), overviews.totals()
        with current_archive().database.read() as session:
            sessions = totals.session_count(session, datetime.now(UTC))
        yield _gauge("documents", "Documents by how they were read.", counted.documents, "outcome")
        yield _gauge("pages", "Slides and pages by how their document was read.", counted.pages, "outcome")
        yield from _of_work(overview)
        yield _gauge("sessions", "Sessions of people who have signed in.", sessions)
        yield from _of_requests(request_counts())


def _of_work(overview: JobOverview) -> Iterator["Metric"]:
    yield _of_jobs(overview)
    failures = {category.value: one.count for category, one in overview.failed.items()}
    yield _gauge("failed_documents", "Documents that were not read in whole.", failures, "outcome")
    refused = {code: len(files) for code, files in overview.refused.items()}
    yield _gauge("refused_files", "Files that were not taken in.", refused, "reason")
    yield _gauge("uploads", "Uploads on their way in.", _of_uploads(overview), "state")
    yield _gauge("set_aside_documents", "Documents that ended their reader.", overview.set_aside_count)
    yield _gauge("index_ok", "Whether the index can be searched.", int(overview.lag.is_ok))
    yield _gauge("index_lag_changes", "Changes that the index lacks.", overview.lag.changes)
    yield _gauge("index_lag_seconds", "Age of the oldest change that the index lacks.", overview.lag.seconds)
    disk = overview.disk
    used = {"originals": disk.originals_bytes, "pictures": disk.pictures_bytes, "index": disk.index_bytes}
    yield _gauge("disk_used_bytes", "Bytes of each part; pictures are estimated.", used, "part")
    yield _gauge("disk_free_bytes", "Free bytes on the disk of the archive.", disk.free_bytes)
    yield _gauge("missing_parts", "System parts that are missing.", len(overview.missing_parts))


def _of_jobs(overview: JobOverview) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily("archive_jobs", "Jobs by kind and state.", labels=("kind", "state"))
    for one in overview.waiting:
        at_work = sum(job.kind is one.kind for job in overview.running)
        set_aside = sum(job.kind is one.kind for job in overview.set_aside)
        states = {"waiting": one.count, "running": at_work, "set_aside": set_aside}
        for state, count in states.items():
            family.add_metric((one.kind.value, state), count)
    return family


def _of_uploads(overview: JobOverview) -> dict[str, int]:
    counts = {UploadState.RECEIVING.value: 0, UploadState.RECEIVED.value: 0}
    for one in overview.uploads:
        counts[one.state.value] += one.count
    return counts


def _of_requests(counts: RequestCounts) -> Iterator["Metric"]:
    from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily

    with counts.lock:
        by_class, buckets, total_s = dict(counts.by_class), list(counts.buckets), counts.total_s
    family = CounterMetricFamily("archive_http_requests", "Answered requests.", labels=("status",))
    for name, count in sorted(by_class.items()):
        family.add_metric((name,), count)
    yield family
    below, cumulated = 0, []
    for bound, count in zip((*map(str, BOUNDS_S), "+Inf"), buckets, strict=True):
        below += count
        cumulated.append((bound, below))
    yield HistogramMetricFamily(
        "archive_http_request_seconds", "Time to answer a request.", buckets=cumulated, sum_value=total_s
    )


def _gauge(name: str, text: str, value: float | dict[str, int], label: str = "") -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    if not isinstance(value, dict):
        return GaugeMetricFamily(f"archive_{name}", text, value=value)
    family = GaugeMetricFamily(f"archive_{name}", text, labels=(label,))
    for key, count in value.items():
        family.add_metric((key,), count)
    return family
