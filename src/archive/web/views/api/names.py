"""People, organisations and regions in JSON."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import TypeVar

from flask import Blueprint, Response, make_response, redirect

from archive.catalogue.database.sessions import Session
from archive.catalogue.events import directory, events
from archive.catalogue.listing import slices
from archive.catalogue.names.listing import present_id
from archive.errors import NotFound
from archive.model.events import Organisation, Person
from archive.model.names import NameKind
from archive.web.http.cache import kept
from archive.web.http.context import current_archive, current_visitor
from archive.web.presenters.api.answers import Answer, record_response
from archive.web.presenters.api.listings import Listing, OrganisationList, PersonList, RegionList
from archive.web.presenters.api.record_answers import (
    organisation_answer,
    person_answer,
    region_answer,
    whole_address,
)
from archive.web.presenters.api.records import OrganisationRecord, PersonRecord, RegionRecord
from archive.web.views.api.contract import ListQuery, promises
from archive.web.views.api.slices import slice_response, text_key

blueprint = Blueprint("api_names", __name__, url_prefix="/api")

_ABOUT = "Names"
_Named = TypeVar("_Named", Person, Organisation)


@blueprint.get("/people")
@promises(PersonList, _ABOUT)
def people(query: ListQuery) -> Response:
    """List the people who have given or led a talk."""
    return _listed(PersonList, query, slices.people_after, person_answer)


@blueprint.get("/people/<person_id>")
@promises(PersonRecord, _ABOUT, {"person_id": "The identifier of a person"}, leads_on=True)
def person(person_id: str) -> Response:
    """Return a person; one who was merged into another leads on to that one."""
    return _found(NameKind.PERSON, person_id, events.person, person_answer)


@blueprint.get("/organisations")
@promises(OrganisationList, _ABOUT)
def organisations(query: ListQuery) -> Response:
    """List the organisations that speakers belonged to."""
    return _listed(OrganisationList, query, slices.organisations_after, organisation_answer)


@blueprint.get("/organisations/<organisation_id>")
@promises(OrganisationRecord, _ABOUT, {"organisation_id": "The identifier of an organisation"}, leads_on=True)
def organisation(organisation_id: str) -> Response:
    """Return an organisation; one that was merged into another leads on to that one."""
    return _found(NameKind.ORGANISATION, organisation_id, events.organisation, organisation_answer)


@blueprint.get("/regions")
@promises(RegionList, _ABOUT)
def regions(query: ListQuery) -> Response:
    """List the regions that talks are about."""
    after = text_key(query)
    with current_archive().database.read() as session:
        following = sorted(
            (one for one in _listed_regions(session) if one.region.code > after),
            key=lambda one: one.region.code,
        )
    shown = following[: query.limit]
    last = shown[-1].region.code if len(following) > query.limit else ""
    return slice_response(RegionList, tuple(region_answer(one) for one in shown), query, last)


@blueprint.get("/regions/<code>")
@promises(RegionRecord, _ABOUT, {"code": "The code of a region, such as SE31"})
def region(code: str) -> Response:
    """Return a region."""
    with current_archive().database.read() as session:
        found = next((one for one in _listed_regions(session) if one.region.code == code), None)
    if found is None:
        raise NotFound("No talk is about such a region.")
    return record_response(region_answer(found))


def _listed_regions(session: Session) -> tuple[directory.ListedRegion, ...]:
    return tuple(kept(session, directory.listed_regions, current_visitor().rank))


def _listed(
    model: type[Listing],
    query: ListQuery,
    read: Callable[[Session, int, str, int], tuple[Sequence[_Named], str]],
    answer: Callable[[_Named], Answer],
) -> Response:
    """Return a slice of those that `read` reads."""
    with current_archive().database.read() as session:
        listed, following = read(session, current_visitor().rank, text_key(query), query.limit)
    return slice_response(model, tuple(map(answer, listed)), query, following)


def _found(
    kind: NameKind,
    identifier: str,
    read: Callable[[Session, str, int], _Named],
    answer: Callable[[_Named], Answer],
) -> Response:
    """Return whom `read` reads; one that was merged into another leads on to that one."""
    with current_archive().database.read() as session:
        present = present_id(session, kind, identifier)
        found = read(session, present or identifier, current_visitor().rank)
    if present:
        return _lead_on(whole_address(f"api_names.{kind}", **{f"{kind}_id": present}))
    return record_response(answer(found))


def _lead_on(address: str) -> Response:
    """Lead to the record that one was merged into; a merge can be undone, so nobody keeps that."""
    response = make_response(redirect(address, HTTPStatus.PERMANENT_REDIRECT))
    response.headers["Cache-Control"] = "no-cache"
    return response
