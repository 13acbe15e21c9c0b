"""What the tests of a sandbox have in common: limits, hostile readers, and how to read with them."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.reading.extract_file import read_file
from archive.ingest.sandbox.base import Limits, Sandbox
from archive.model.extraction import Extraction, Outcome

MIB = 1024 * 1024
LIMITS = Limits(
    wall_time_s=120.0,
    cpu_time_s=10,
    memory_max_bytes=512 * MIB,
    output_max_bytes=2 * MIB,
    reading=ReadLimits(pages_max=100, page_text_max_chars=50_000),
)
SHORT = dataclasses.replace(LIMITS, wall_time_s=1.5)
REGISTRY = "tests.ingest.sandbox.hostile_readers"
IMPORT_FOLDERS = (Path(__file__).parents[3],)


class ContractBase:
    """Reads with hostile readers.

    The module of a subclass gives the fixture `sandbox`, built with REGISTRY and IMPORT_FOLDERS.
    """

    has_a_process_for_each_file = False

    @pytest.fixture(autouse=True)
    def _use(self, tmp_path: Path, sandbox: Sandbox) -> Iterator[None]:
        self.folder = tmp_path
        self.used = sandbox
        yield
        if self.has_a_process_for_each_file:
            return  # no process that a file can spoil for the next, which the next test reads
        # Whatever a test's file did, the next one is read.
        assert self.read("good", "nästa").category is Outcome.OK

    def document(self, argument: str) -> Path:
        file = self.folder / "document"
        file.write_text(argument)
        return file

    def read(self, name: str, argument: str = "", limits: Limits = LIMITS) -> Extraction:
        return read_file(self.used, self.document(argument), "test/" + name, limits)

    def said(self, name: str, argument: str = "") -> str:
        """Return what the reader told on its one page."""
        extraction = self.read(name, argument)
        assert extraction.category is Outcome.OK, extraction
        return extraction.pages[0].blocks[0].text
