"""Whether the archive is well, for whoever watches over it."""

from flask import Blueprint, Response

from archive.web.http.context import current_archive
from archive.web.views.api import HealthAnswer, json_response

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer 200 where catalogue and index can be read, else 503; say what waits to be done."""
    health = current_archive().health()
    is_well = health.database_ok and health.index_ok
    body = HealthAnswer(
        status="ok" if is_well else "degraded",
        database=health.database_ok,
        index=health.index_ok,
        pending={kind.value: count for kind, count in health.pending.items()},
    )
    return json_response(body, 200 if is_well else 503)
