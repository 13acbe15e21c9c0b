import json
from pathlib import Path

import pytest

from archive.errors import FileRejected
from archive.ingest.reading.web_page import absolute, decode, read_web_page
from archive.ingest.reading.wire import WireError
from archive.settings.settings import load_settings
from tests.imports.reading.outlines import frames_of, html

_GOOD = frames_of(html("<h1>Dag</h1><p>Anna <b>Ek</b></p>", "<title>Dag</title>"))


def test_page_is_read_in_a_child_process(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(html('<h1>Dag</h1><p><a href="a.pdf">bilder</a></p>'))
    outline = read_web_page(load_settings(tmp_path / "none"), page, "https://a.example/b/")
    assert [block.text for block in outline.blocks] == ["Dag", "bilder"]
    assert outline.blocks[1].links[0].address == "https://a.example/b/a.pdf"


def test_page_without_words_is_refused_with_the_reason(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(html("<script>app()</script>"))
    with pytest.raises(FileRejected, match="no words"):
        read_web_page(load_settings(tmp_path / "none"), page, "")


def _changed(number: int, **values: object) -> list[bytes]:
    frames = list(_GOOD)
    frames[number] = json.dumps(json.loads(frames[number]) | values).encode()
    return frames


@pytest.mark.parametrize(
    "frames",
    [
        _changed(0, title=3),
        _changed(0, more="x"),
        _changed(0, hints=[{"name": "x"}]),
        _changed(1, blocks=[["heading", "Dag", 1, 0, 0, 0, [["a", -1, 2]], []]]),
        _changed(1, blocks=[["heading", "", 1, 0, 0, 0, [], []]]),
        _changed(1, blocks=[["picture", "Dag", 1, 0, 0, 0, [], []]]),
        _changed(1, blocks=[["heading", "Dag", 1, 0, 0, 0, [], []]] * 201),
        [_GOOD[0], *_GOOD],
        [*_GOOD, _GOOD[1]],
        _GOOD[1:],
        [b"{", *_GOOD],
    ],
)
def test_answer_that_is_not_of_the_agreed_form_is_not_kept(frames: list[bytes]) -> None:
    with pytest.raises(WireError):
        decode(iter(frames), "")


def test_places_beyond_the_text_are_left_out() -> None:
    frames = _changed(
        1, blocks=[["heading", "Dag", 1, 0, 0, 0, [["a", 0, 9], ["b", 0, 3]], [[1, 1], [0, 9]]]]
    )
    (block,) = decode(iter(frames), "").blocks
    assert ([link.address for link in block.links], block.emphases) == (["b"], ())


def test_child_that_ends_early_is_told() -> None:
    with pytest.raises(FileRejected, match="before the end"):
        decode(iter(_GOOD[:2]), "")


@pytest.mark.parametrize("target", ["http://[", "javascript:x", "\x00\x01", "//", "a b\nc.pdf", "å" * 5000])
def test_any_target_becomes_an_address(target: str) -> None:
    assert isinstance(absolute(target, "https://a.example/"), str)
