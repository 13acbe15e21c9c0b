"""The start page of staff: what there is to do."""

from flask import Blueprint, render_template

from archive.model.accounts import Role
from archive.model.uploads import UploadTarget
from archive.web.http.context import current_archive
from archive.web.http.signed_in import for_role
from archive.web.views.upload_areas import upload_area

blueprint = Blueprint("staff", __name__)


@blueprint.get("/staff")
@for_role(Role.STAFF)
def index() -> str:
    """Show what staff can do."""
    with current_archive().database.read() as session:
        area = upload_area(session, UploadTarget())
    return render_template("staff/staff.html", area=area)
