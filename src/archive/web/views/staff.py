"""The start page of staff: what there is to do."""

from flask import Blueprint, render_template

from archive.model.accounts import Role
from archive.web.http.signed_in import for_role

blueprint = Blueprint("staff", __name__)


@blueprint.get("/staff")
@for_role(Role.STAFF)
def index() -> str:
    """Show what staff can do."""
    return render_template("staff/staff.html")
