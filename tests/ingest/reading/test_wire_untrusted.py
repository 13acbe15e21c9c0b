"""Whatever a child says, it is a well-formed record or refused with a category."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.extractors.base import Record
from archive.ingest.reading import wire
from archive.model.extraction import Outcome
from archive.model.pages import GREY_HEIGHT_PX, GREY_WIDTH_PX

TEXT_MAX = 100_000
WEBP = b"RIFF\x04\x00\x00\x00WEBP"

PAGE: dict[str, Any] = {
    "kind": "page",
    "number": 1,
    "blocks": [
        {
            "field": "body",
            "paragraphs": [["text", 0, False]],
            "rows": [["cell"]],
            "has_header": False,
            "language": "sv",
        }
    ],
    "hidden": False,
    "engine": "test",
    "width_pt": 960,
    "height_pt": 540.5,
    "broken": "",
    "ocr_reason": "picture",
}
PICTURE: dict[str, Any] = {
    "kind": "picture",
    "number": 1,
    "width_pt": 960.0,
    "height_pt": 540.0,
    "width_px": 1280,
    "height_px": 720,
    "large": base64.b64encode(WEBP).decode(),
    "small": base64.b64encode(WEBP).decode(),
    "grey": base64.b64encode(bytes(GREY_WIDTH_PX * GREY_HEIGHT_PX)).decode(),
    "words": [["ord", 1.0, 2.0, 3.0, 4.0]],
}
DONE: dict[str, Any] = {
    "kind": "done",
    "category": "ok",
    "engine": "test",
    "message": "",
    "page_count": 1,
    "properties": {"title": "Titel"},
}


def decode(message: object) -> Record:
    return wire.decode(json.dumps(message).encode(), TEXT_MAX)


def assert_refused(untrusted: bytes, text_max: int = TEXT_MAX) -> None:
    with pytest.raises(wire.WireError) as caught:
        wire.decode(untrusted, text_max)
    assert caught.value.category is Outcome.CRASH


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_category(untrusted: bytes) -> None:
    assert_refused(untrusted)


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)


@given(json_values)
def test_any_json_is_refused_with_a_category(untrusted: object) -> None:
    assert_refused(json.dumps(untrusted).encode())


@given(st.sampled_from([PAGE, PICTURE, DONE]), st.data())
def test_record_with_any_value_in_any_field_is_a_record_or_refused(
    message: dict[str, Any], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(message)))
    untrusted = {**message, name: data.draw(json_values)}
    try:
        record = decode(untrusted)
    except wire.WireError:
        return
    assert isinstance(record, Record)


@pytest.mark.parametrize("message", [PAGE, PICTURE, DONE], ids=["page", "picture", "done"])
def test_every_field_is_needed_and_no_other_is_allowed(message: dict[str, Any]) -> None:
    decode(message)
    for name in message:
        assert_refused(json.dumps({key: value for key, value in message.items() if key != name}).encode())
    assert_refused(json.dumps({**message, "extra": 1}).encode())


@pytest.mark.parametrize(
    ("message", "change"),
    [
        (PAGE, {"number": 0}),
        (PAGE, {"number": 20_001}),
        (PAGE, {"number": "1"}),
        (PAGE, {"number": 1.0}),
        (PAGE, {"number": True}),
        (PAGE, {"width_pt": -1}),
        (PAGE, {"width_pt": float("nan")}),
        (PAGE, {"height_pt": float("inf")}),
        (PAGE, {"hidden": 1}),
        (PAGE, {"engine": "x" * 101}),
        (PAGE, {"blocks": [{**PAGE["blocks"][0], "field": "script"}]}),
        (PAGE, {"blocks": [{**PAGE["blocks"][0], "paragraphs": [["text", 0]]}]}),
        (PAGE, {"blocks": [{**PAGE["blocks"][0], "paragraphs": [["text", -1, False]]}]}),
        (PAGE, {"blocks": [{**PAGE["blocks"][0], "rows": [[1]]}]}),
        (PAGE, {"blocks": [PAGE["blocks"][0]] * 20_001}),
        (PICTURE, {"width_px": 0}),
        (PICTURE, {"large": "no base64!"}),
        (PICTURE, {"large": base64.b64encode(b"<svg onload=alert(1)>").decode()}),
        (PICTURE, {"small": "å"}),
        (PICTURE, {"grey": "å"}),
        (PICTURE, {"grey": base64.b64encode(bytes(GREY_WIDTH_PX)).decode()}),
        (PICTURE, {"words": [["ord", 1.0, 2.0, 3.0]]}),
        (PICTURE, {"words": [["ord", 1.0, 2.0, -3.0, 4.0]]}),
        (DONE, {"category": "splendid"}),
        (DONE, {"page_count": -1}),
        (DONE, {"message": "x" * 501}),
        (DONE, {"properties": {"title": 1}}),
        (DONE, {"properties": {str(number): "" for number in range(101)}}),
    ],
)
def test_value_out_of_bounds_is_refused(message: dict[str, Any], change: dict[str, Any]) -> None:
    assert_refused(json.dumps({**message, **change}).encode())


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"[]",
        b"{}",
        b"{kind: page}",
        b'{"kind":"command"}',
        b'{"kind":"page","number":1}',
        json.dumps(PAGE).replace("540.5", "1e999").encode(),
        json.dumps(PAGE).replace("540.5", "NaN").encode(),
    ],
    ids=str,
)
def test_frame_that_is_no_record_is_refused(untrusted: bytes) -> None:
    assert_refused(untrusted)


def test_page_with_more_text_than_allowed_is_refused() -> None:
    message = json.dumps(PAGE).encode()
    assert_refused(message, text_max=7)
    assert wire.decode(message, 8)


def test_deeply_nested_json_is_refused() -> None:
    assert_refused(b'{"kind":' + b"[" * 1_000_000)
    assert_refused(b'{"a":' * 100_000)


def test_refusal_does_not_repeat_what_the_child_said() -> None:
    with pytest.raises(wire.WireError) as caught:
        wire.decode(b'{"kind":"<script>"}', TEXT_MAX)
    assert "<script>" not in caught.value.message
