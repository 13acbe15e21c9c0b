"""The start page of staff: what there is to do; and what is asked, often or without finding anything."""

from flask import Blueprint, render_template

from archive.catalogue.operation import question_counts
from archive.model.accounts import Role
from archive.model.uploads import UploadTarget
from archive.web.http.context import current_archive
from archive.web.http.signed_in import for_role
from archive.web.views.upload_areas import upload_area

blueprint = Blueprint("staff", __name__)

_LISTED = 50


@blueprint.get("/staff")
@for_role(Role.STAFF)
def index() -> str:
    """Show what staff can do."""
    with current_archive().database.read() as session:
        area = upload_area(session, UploadTarget())
    return render_template("staff/staff.html", area=area)


@blueprint.get("/staff/questions")
@for_role(Role.STAFF)
def questions() -> str:
    """Show the questions asked most often, and those without hits."""
    archive, today = current_archive(), question_counts.today()
    with archive.database.read() as session:
        return render_template(
            "staff/questions.html",
            without_hits=question_counts.without_hits(session, today, _LISTED),
            most_asked=question_counts.most_asked(session, today, _LISTED),
            are_counted=archive.settings.web.count_questions,
            days_min=question_counts.DAYS_MIN,
            kept_days=question_counts.KEPT_DAYS,
        )
