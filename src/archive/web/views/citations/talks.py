"""The permanent address of a talk: the page of its slides, or how it is cited where there are none."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from archive.catalogue import records
from archive.catalogue.events import events
from archive.citations.reading import CitedRef
from archive.web.citing.negotiation import negotiated
from archive.web.http.context import current_archive, current_visitor
from archive.web.views.citations.references import talk as references
from archive.web.views.documents import document as document_page

blueprint = Blueprint("talks", __name__)


@blueprint.get("/t/<talk_id>")
def talk(talk_id: str) -> ResponseReturnValue:
    """Show what there is of a talk, or give its record in the form that is asked for."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        events.talk(session, talk_id, rank)
        answer = negotiated(session, CitedRef(talk_id=talk_id))
        if answer is not None:
            return answer
        documents = records.records_of_talk(session, talk_id, rank)
    return document_page(documents[0].document.id) if documents else references(talk_id)
