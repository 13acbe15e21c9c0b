"""What is asked, for staff: the questions that come again and again, and those that find nothing."""

from flask import Blueprint, render_template

from archive.catalogue.operation import question_counts
from archive.model.accounts import Role
from archive.web.http.context import current_archive
from archive.web.http.signed_in import for_role

blueprint = Blueprint("questions", __name__)

_LISTED = 50


@blueprint.get("/staff/questions")
@for_role(Role.STAFF)
def index() -> str:
    """Show the questions asked most often, and those without hits."""
    archive, today = current_archive(), question_counts.today()
    with archive.database.read() as session:
        return render_template(
            "questions/questions.html",
            without_hits=question_counts.without_hits(session, today, _LISTED),
            most_asked=question_counts.most_asked(session, today, _LISTED),
            are_counted=archive.settings.web.count_questions,
            days_min=question_counts.DAYS_MIN,
            kept_days=question_counts.KEPT_DAYS,
        )
