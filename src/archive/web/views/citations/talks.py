"""The permanent address of a talk, which leads to its slides, or to where it stands in its programme."""

from http import HTTPStatus

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import records
from archive.catalogue.events import events
from archive.citations.reading import CitedRef
from archive.web.citing.negotiation import negotiated
from archive.web.http.context import current_archive, current_visitor

blueprint = Blueprint("talks", __name__)


@blueprint.get("/t/<talk_id>")
def talk(talk_id: str) -> ResponseReturnValue:
    """Lead to what there is of a talk, or give its record in the form that is asked for."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        found = events.talk(session, talk_id, rank)
        answer = negotiated(session, CitedRef(talk_id=talk_id))
        if answer is not None:
            return answer
        documents = records.records_of_talk(session, talk_id, rank)
        if documents:
            address = url_for("documents.document", document_id=documents[0].document.id)
        elif found.event_id:
            address = url_for("events.event", event_id=found.event_id, _anchor=f"t-{talk_id}")
        else:
            address = url_for("citations.talk", talk_id=talk_id)
    return redirect(address, HTTPStatus.SEE_OTHER)
