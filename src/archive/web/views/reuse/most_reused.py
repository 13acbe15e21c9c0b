"""The slides that most talks of the archive have."""

from flask import Blueprint, render_template

from archive.web.http.context import current_archive, current_visitor
from archive.web.presenters.reuse.copies import reused_views

blueprint = Blueprint("reuse", __name__)

_SLIDES_MAX = 60


@blueprint.get("/reuse")
def most_reused() -> str:
    """List the slides that most talks have; those of very many talks are folded away."""
    with current_archive().database.read() as session:
        found = reused_views(session, current_visitor(), _SLIDES_MAX)
        slides = [view for is_folded, view in found if not is_folded]
        folded = [view for is_folded, view in found if is_folded]
        return render_template("reuse/most_reused.html", slides=slides, folded=folded)
