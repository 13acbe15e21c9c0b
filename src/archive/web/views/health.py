"""Whether the archive works, for monitoring."""

from flask import Blueprint, Response

from archive.web.http.context import current_archive
from archive.web.views.api import HealthAnswer, json_response

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer 200 where catalogue and index can be read, else 503; count the pending jobs."""
    health = current_archive().health()
    is_ok = health.database_ok and health.index_ok
    body = HealthAnswer(
        status="ok" if is_ok else "degraded",
        database=health.database_ok,
        index=health.index_ok,
        pending={kind.value: count for kind, count in health.pending.items()},
    )
    return json_response(body, 200 if is_ok else 503)
