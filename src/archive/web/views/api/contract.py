"""What the JSON interface promises: each route's parameters and answers, of which OpenAPI is made.

A view is decorated with `promises`. Its docstring, its query model and the model of its answer are all that
the document has, so nothing is written twice. Answers are made of those models and are not checked once more.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

from flask import Request, Response, current_app, make_response
from flask import request as current_request
from pydantic import BaseModel, ConfigDict, Field
from spectree import Response as Answers
from spectree import SecurityScheme, SpecTree
from spectree.model_adapter.protocol import SchemaMode
from spectree.model_adapter.pydantic_adapter import PydanticModelAdapter
from spectree.models import SecureType, SecuritySchemeData
from spectree.plugins.flask_plugin import FlaskPlugin

from archive.errors import InputError
from archive.model.documents import DocumentKind
from archive.search.filters import MEDIA_TYPE, YEAR
from archive.web.http.api.cursors import CURSOR_MAX_CHARS
from archive.web.presenters.api.answers import ProblemAnswer

View = TypeVar("View", bound=Callable[..., Any])
LIMIT_MAX = 100
_USUAL = 50
_ERRORS = (400, 401, 404, 429, 500, 503)
_MAX_CHARS = 100


class Query(BaseModel):
    """What stands in an address behind the question mark; what is not named is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoQuery(Query):
    """Nothing: the path says what is asked for."""


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


# Who leaves it empty would get all records instead of those of one.
_Wanted = Annotated[str, Field(min_length=1, json_schema_extra=_without_default)]


class ListQuery(Query):
    """Which slice of a list: how many records, and after which."""

    limit: int = Field(_USUAL, ge=1, le=LIMIT_MAX, description="How many records at most")
    cursor: str = Field(
        "",
        max_length=CURSOR_MAX_CHARS,
        description="Where the list goes on, as 'next' has it; one that is none gets 400 (bad_cursor)",
    )


class EventQuery(ListQuery):
    """Which events: of a focus area, of a year."""

    focus_area: _Wanted = Field("", max_length=_MAX_CHARS, description="The identifier of a focus area")
    year: int | None = Field(None, ge=1, le=9999, description="The year in which they began")


class TalkQuery(ListQuery):
    """Which talks; several conditions are met together."""

    event: _Wanted = Field("", max_length=_MAX_CHARS, description="The identifier of an event")
    person: _Wanted = Field("", max_length=_MAX_CHARS, description="The identifier of a person")
    organisation: _Wanted = Field("", max_length=_MAX_CHARS, description="The identifier of an organisation")
    focus_area: _Wanted = Field("", max_length=_MAX_CHARS, description="The identifier of a focus area")
    region: _Wanted = Field("", max_length=_MAX_CHARS, description="The code of a region; with those in it")


class DocumentQuery(ListQuery):
    """Which documents; several conditions are met together."""

    talk: _Wanted = Field("", max_length=_MAX_CHARS, description="The identifier of a talk")
    event: _Wanted = Field("", max_length=_MAX_CHARS, description="The identifier of an event")
    kind: DocumentKind | None = Field(None, description="Decks or reports alone")


class _Checker(FlaskPlugin):  # type: ignore[misc,unused-ignore]  # spectree's own class is partly untyped
    """Checks what is asked, and passes answers on as they are."""

    def validate_response(
        self, resp: Any, resp_model: Any, skip_validation: bool, force_resp_serialize: bool
    ) -> tuple[Response, None]:
        """Return the response of a view."""
        del resp_model, skip_validation, force_resp_serialize
        return make_response(resp), None


class _Schemas(PydanticModelAdapter):  # type: ignore[misc,unused-ignore]  # partly untyped, too
    """Makes the schema of each model once: most are asked for by each route, as the server starts."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[tuple[type[Any], str, SchemaMode], dict[str, Any]] = {}

    def json_schema(
        self, model: type[Any], *, ref_template: str, mode: SchemaMode = "validation"
    ) -> dict[str, Any]:
        """Return the schema, which spectree copies before it changes it."""
        key = (model, ref_template, mode)
        if key not in self._made:
            self._made[key] = super().json_schema(model, ref_template=ref_template, mode=mode)
        return self._made[key]


def _refuse(request: Request, response: object, error: Any, instance: object, model_adapter: object) -> None:
    """Say in the archive's own words which parameter cannot be used."""
    del request, response, instance, model_adapter
    if error is None:
        return
    mistake = error.errors()[0]
    name = str(mistake["loc"][0]) if mistake["loc"] else ""
    if mistake["type"] == "extra_forbidden":
        raise InputError(f"There is no parameter '{name}' here. {_those_there_are()}")
    raise InputError(f"The parameter '{name}' cannot be used like this. {_what_it_may_be(mistake)}")


def _those_there_are() -> str:
    """Return which parameters the route that is asked has, as its promise says."""
    view = current_app.view_functions[str(current_request.endpoint)]
    asked = inspect.signature(view).parameters.get("query")
    names = sorted(asked.annotation.model_fields) if asked else ()
    return f"There are {', '.join(names)}." if names else "This address has none."


_FORMS = {YEAR: "Give a year of four digits.", MEDIA_TYPE: "Give a media type, as application/pdf."}


def _what_it_may_be(mistake: Mapping[str, Any]) -> str:
    """Return what a parameter may be, as far as its mistake tells."""
    bounds = mistake.get("ctx", {})
    if "expected" in bounds:
        return f"It may be {bounds['expected']}."
    if "ge" in bounds or "le" in bounds:
        return f"It is at least {bounds['ge']}." if "ge" in bounds else f"It is at most {bounds['le']}."
    if "pattern" in bounds:
        return _FORMS.get(bounds["pattern"], "Take the identifier as a list has it.")
    if "max_length" in bounds:
        what = "values" if mistake["type"] == "too_long" else "signs"
        return f"It has at most {bounds['max_length']} {what}."
    if "min_length" in bounds:
        return "Give a value, or leave it out."
    if mistake["type"].startswith("int_"):
        return "It is a whole number."
    return "The page /api/ says what it may be."


def _has_query(view: Callable[..., Any]) -> bool:
    return "query" in inspect.signature(view).parameters


contract = SpecTree(
    "flask",
    backend=_Checker,
    model_adapter=_Schemas(),  # type: ignore[arg-type,unused-ignore]  # nor is spectree's own what it asks for
    mode="strict",
    title="Archive",
    version="1",
    before=_refuse,
    validation_error_status=400,
    validation_error_model=ProblemAnswer,
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda _parent, child: child,
    security_schemes=[
        SecurityScheme(name="token", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer"))
    ],
    security=[{}, {"token": []}],
)
"""All promises of the process, in the order in which the views were read."""

MEDIA_TYPES: dict[str, str] = {}
"""What a route answers with, by the name of its operation, where that is not JSON."""


def promises(
    answer: type[BaseModel] | None,
    about: str,
    parameters: dict[str, str] | None = None,
    may_be_gone: bool = False,
    leads_on: bool = False,
    media_type: str = "",
    asks: type[BaseModel] | None = None,
    ignores: bool = False,
) -> Callable[[View], View]:
    """Let a route be part of the contract; its parameter `query`, if it has one, is checked before it runs.

    Without one, and where nothing else is said, any parameter is refused.

    Args:
        answer: the model of what is answered; None for another `media_type`.
        about: the group of routes that it is listed in.
        parameters: what the parts of its path are, by name.
        may_be_gone: whether what is asked for may have been withdrawn (410).
        leads_on: whether it may have been merged into another record (308).
        media_type: what is answered where that is not JSON.
        asks: the model of parameters that the view reads itself: no value of them is an error.
        ignores: whether any parameter is let pass: calendars, and programs that watch, add some.
    """

    def decorate(view: View) -> View:
        problems = {f"HTTP_{status}": ProblemAnswer for status in (*_ERRORS, *([410] if may_be_gone else []))}
        if media_type:
            MEDIA_TYPES[view.__name__] = media_type
        codes = ["HTTP_304", *([] if answer else ["HTTP_200"]), *(["HTTP_308"] if leads_on else [])]
        answers = Answers(*codes, **({"HTTP_200": answer} if answer else {}), **problems)
        checked: View = contract.validate(
            resp=answers,
            query=asks or (None if ignores or _has_query(view) else NoQuery),
            tags=(about,),
            path_parameter_descriptions=parameters,
            operation_id=view.__name__,
            skip_validation=asks is not None,
        )(view)
        return checked

    return decorate
