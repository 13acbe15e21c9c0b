"""What stands around words in the bytes of a file, found in a confined child."""

import html
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from archive.errors import FileRejected
from archive.ingest.extractors.archives import frames
from archive.ingest.extractors.archives.searched import TEXT
from archive.ingest.filetypes.media_types import SEARCHED
from archive.ingest.reading.document_pdf import REGISTRY
from archive.ingest.reading.limits import draw_limits
from archive.ingest.sandbox.base import Request
from archive.model.extraction import Outcome
from archive.model.pages import WordBox
from archive.settings.settings import Settings

_TAG: Final = re.compile(r"<[^<>]*>?")
_VALUE: Final = re.compile(r"""["']([^"']*)""")
_UNPACKED_MAX_BYTES: Final = 2 * 1024**3
_NOT_WHOLE: Final = "The file could not be searched to its end."


def around(path: Path, words: Sequence[str], settings: Settings) -> Generator[tuple[str, bool]]:
    """Yield what stands around each place where a file has one of some words, without markup.

    And whether it is text: what is short, and among other bytes, may have come about by chance. Close the
    generator: a child is at work until then.

    Raises FileRejected (the file cannot be searched to its end), PathError and PartMissing.
    """
    from archive.ingest.sandbox.spawning import FreshSandbox

    request = Request("cut", SEARCHED, words=tuple(WordBox(word, 0, 0, 0, 0) for word in words))
    limits = draw_limits(settings)
    limits = replace(limits, reading=replace(limits.reading, unpacked_max_bytes=_UNPACKED_MAX_BYTES))
    with FreshSandbox(REGISTRY).run(request, path, limits) as untrusted_frames:
        is_text = False
        for untrusted_frame in untrusted_frames:
            kind, untrusted = untrusted_frame[:1], untrusted_frame[1:]
            if kind == frames.MEMBER:
                is_text = untrusted == TEXT.encode()
            elif kind == frames.CHUNK:
                for text in _texts(untrusted.decode("utf-8", "replace")):
                    yield text, is_text
            elif kind == frames.DONE and untrusted != Outcome.OK.value.encode():
                raise FileRejected(Outcome.OK_PARTIAL, _NOT_WHOLE)


def _texts(marked_up: str) -> Iterator[str]:
    """Yield the text without its markup, then each value in the markup: neither is beside the other."""
    yield html.unescape(_TAG.sub("", marked_up))
    for tag in _TAG.findall(marked_up):
        for value in _VALUE.findall(tag):
            yield html.unescape(value)
