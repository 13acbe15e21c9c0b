"""What a form or a command gives for a record, checked: its fields, or what is wrong by field."""

from collections.abc import Hashable, Mapping
from dataclasses import asdict
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from archive.catalogue.editing.field_types import expected
from archive.catalogue.editing.fields import Fields, mistakes
from archive.errors import RecordRefused

Values = dict[str, Any]
"""The fields of a record as JSON has them: text, numbers, None, lists of text, lists of objects."""

_Kind = TypeVar("_Kind", bound=Fields)


def read_fields(kind: type[_Kind], given: Mapping[str, Any]) -> _Kind:
    """Return the fields of a record. Raises RecordRefused, which says of each field what is wrong."""
    try:
        fields: _Kind = _adapter(cast("Hashable", kind)).validate_python(dict(given))
    except ValidationError as error:
        raise RecordRefused.of(_told(error)) from None
    wrong = mistakes(fields)
    if wrong:
        raise RecordRefused.of(wrong)
    return fields


def as_values(fields: Fields) -> Values:
    """Return fields as JSON has them."""
    return {name: _plain(value) for name, value in asdict(fields).items()}


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(kind)  # type: ignore[arg-type] # any type will do


def _told(error: ValidationError) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in error.errors(include_url=False, include_input=False):
        field = str(one["loc"][0]) if one["loc"] else "record"
        told.setdefault(field, expected(one["type"], one.get("ctx", {})))
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
