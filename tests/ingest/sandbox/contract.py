"""What every sandbox must do, whatever the child does. Run by the test of each implementation."""

import dataclasses
import os
import threading
from pathlib import Path

import pytest

from archive.errors import FileRejected, PathError
from archive.ingest.reading.extract_file import read_file
from archive.ingest.sandbox.base import Request
from archive.model.extraction import Outcome
from tests.ingest.sandbox.contract_base import LIMITS, SHORT
from tests.ingest.sandbox.contract_confinement import ConfinementContract
from tests.waiting import HANG_S

# What else is refused is told by tests/ingest/reading/test_wire_untrusted.py, without a child for each.
BAD_FRAMES = {
    "not JSON": "{kind: page}",
    "deep": "[" * 200_000,
    "picture for words": '{"kind":"picture","number":1,"width_pt":1,"height_pt":1,"width_px":1,"height_px":1,'
    '"large":"","small":"","grey":"","words":[]}',
}


class SandboxContract(ConfinementContract):
    def test_good_file_is_read(self) -> None:
        extraction = self.read("good", "Fjällräven")
        assert extraction.category is Outcome.OK
        assert [page.blocks[0].text for page in extraction.pages] == ["Fjällräven", "slutet"]
        assert extraction.properties == {"title": "Årsrapport"}
        assert extraction.engine == "test"

    def test_unknown_media_type_is_unsupported(self) -> None:
        assert self.read("no-such-reader").category is Outcome.UNSUPPORTED_TYPE

    @pytest.mark.parametrize("name", ["endless-loop", "closes-its-answer-and-sleeps", "ignores-signals"])
    def test_clock_is_kept_by_the_parent(self, name: str) -> None:
        assert self.read(name, limits=SHORT).category is Outcome.TIMEOUT

    def test_pages_before_a_timeout_are_kept(self) -> None:
        for wall_time_s in (1.5, 6.0, 24.0, 96.0):  # a busy machine may need longer to begin
            limits = dataclasses.replace(LIMITS, wall_time_s=wall_time_s)
            extraction = self.read("page-then-sleep", limits=limits)
            if extraction.category is not Outcome.TIMEOUT:
                break
        assert extraction.category is Outcome.OK_PARTIAL
        assert [page.blocks[0].text for page in extraction.pages] == ["före"]
        assert f"{wall_time_s:g} s" in extraction.message

    def test_pages_before_a_crash_are_kept(self) -> None:
        extraction = self.read("page-then-abort")
        assert extraction.category is Outcome.OK_PARTIAL
        assert [page.blocks[0].text for page in extraction.pages] == ["före"]

    def test_memory_is_bounded(self) -> None:
        assert self.read("memory-hog").category is Outcome.RESOURCE_LIMIT

    def test_processor_time_is_bounded(self) -> None:
        limits = dataclasses.replace(LIMITS, cpu_time_s=1)
        assert self.read("endless-loop", limits=limits).category is Outcome.RESOURCE_LIMIT

    def test_processor_time_is_bounded_against_the_childs_will(self) -> None:
        limits = dataclasses.replace(LIMITS, cpu_time_s=1)
        assert self.read("ignores-signals", limits=limits).category is Outcome.RESOURCE_LIMIT

    def test_output_is_bounded(self) -> None:
        assert self.read("raw-flood").category is Outcome.RESOURCE_LIMIT

    def test_pages_before_a_flood_are_kept(self) -> None:
        extraction = self.read("output-flood")
        assert extraction.category is Outcome.OK_PARTIAL
        assert "2 MiB" in extraction.message
        assert extraction.pages

    @pytest.mark.parametrize("name", ["segfault", "exception", "endless-recursion"])
    def test_crash_is_a_category(self, name: str) -> None:
        assert self.read(name).category is Outcome.CRASH

    @pytest.mark.parametrize(("name", "signal"), [("segfault", "SIGSEGV"), ("aborts", "SIGABRT")])
    def test_crash_names_its_signal(self, name: str, signal: str) -> None:
        assert signal in self.read(name).message

    def test_kill_by_the_system_is_a_resource_limit(self) -> None:
        assert self.read("killed").category is Outcome.RESOURCE_LIMIT

    def test_text_of_an_exception_is_not_shown(self) -> None:
        assert "hemlig" not in self.read("exception").message

    @pytest.mark.parametrize("code", ["0", "1", "77"])
    def test_silent_exit_is_a_crash(self, code: str) -> None:
        assert self.read("exit-code", code).category is Outcome.CRASH

    def test_end_without_finish_keeps_the_pages(self) -> None:
        extraction = self.read("no-finish")
        assert extraction.category is Outcome.OK_PARTIAL
        assert len(extraction.pages) == 1

    @pytest.mark.parametrize(
        "answer",
        [
            b"garbage",
            b"\xff\xff\xff\xff",
            b"\x7f\xff\xff\xff{}",
            b"\x00\x00\x00\x10{",
            b"\x00\x00",
            b"\x00" * 64,
        ],
        ids=["garbage", "largest length", "large length", "broken frame", "broken length", "zeros"],
    )
    def test_bytes_that_are_no_frames_are_a_crash(self, answer: bytes) -> None:
        assert self.read("raw", answer.hex()).category is Outcome.CRASH

    @pytest.mark.parametrize("frame", BAD_FRAMES.values(), ids=BAD_FRAMES.keys())
    def test_frame_that_is_no_record_is_a_crash(self, frame: str) -> None:
        assert self.read("frame", frame).category is Outcome.CRASH

    def test_nothing_counts_after_the_end(self) -> None:
        extraction = self.read("page-after-the-end")
        assert extraction.category is Outcome.OK_PARTIAL
        assert [page.number for page in extraction.pages] == [1]

    def test_page_numbers_must_rise(self) -> None:
        extraction = self.read("numbers-go-back")
        assert extraction.category is Outcome.OK_PARTIAL
        assert [page.number for page in extraction.pages] == [2]

    def test_pages_are_bounded(self) -> None:
        extraction = self.read("many-pages", "101")
        assert extraction.category is Outcome.OK_PARTIAL
        assert len(extraction.pages) == 100
        assert "100" in extraction.message

    def test_text_of_a_page_is_bounded(self) -> None:
        extraction = self.read("good", "å" * 60_000)
        assert extraction.category is Outcome.OK_PARTIAL
        assert len(extraction.pages[0].blocks[0].text) == 50_000
        assert extraction.pages[0].broken

    def test_odd_characters_do_no_harm(self) -> None:
        assert self.said("odd-text") == "föreefter fil"

    def test_what_a_parser_prints_is_dropped(self) -> None:
        assert self.said("prints", "texten") == "texten"

    def test_missing_file_is_a_path_error(self) -> None:
        with pytest.raises(PathError):
            read_file(self.used, self.folder / "missing", "test/good", LIMITS)

    def test_giving_up_midway_stops_the_child(self) -> None:
        asked = Request("extract", "test/page-then-sleep")
        with self.used.run(asked, self.document(""), LIMITS) as frames:
            assert b"before" not in next(frames)
        assert self.read("good", "x").category is Outcome.OK  # only after it: it would sleep for an hour

    def test_reader_is_free_again_while_the_failure_of_its_user_is_still_looked_at(self) -> None:
        asked = Request("extract", "test/page-then-sleep")

        def fail() -> None:
            with self.used.run(asked, self.document(""), LIMITS) as frames:
                next(frames)
                raise OSError("the disk is full")

        with pytest.raises(OSError, match="full") as caught:
            fail()
        ended = threading.Thread(target=self.used.close, daemon=True)
        ended.start()
        ended.join(HANG_S)
        assert not ended.is_alive()
        assert self.read("good", "x").category is Outcome.OK
        assert caught.value.__traceback__ is not None, "which held the reader for good"

    def test_run_raises_when_the_child_ends_badly(self) -> None:
        asked = Request("extract", "test/page-then-abort")
        with self.used.run(asked, self.document(""), LIMITS) as frames:
            assert b"page" in next(frames)
            with pytest.raises(FileRejected) as caught:
                next(frames)
        assert caught.value.category is Outcome.CRASH

    def test_two_threads_take_turns(self) -> None:
        file, outcomes = self.document("delat"), []

        def read() -> None:
            outcomes.append(read_file(self.used, file, "test/good", LIMITS).category)

        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes == [Outcome.OK] * 4

    def test_files_leave_nothing_open_behind(self) -> None:
        self.read("good", "uppvärmning")
        before = (_open_files(), _children(), threading.active_count())
        for name in ["good", "segfault", "exception", "raw-flood", "no-such-reader"] * 3:
            self.read(name, "x")
        assert (_open_files(), _children(), threading.active_count()) == before

    def test_closing_ends_every_process(self) -> None:
        self.used.close()
        before = _children()
        self.read("good", "x")
        self.used.close()
        assert _children() - before == set()
        self.used.close()

    def test_protections_are_named(self) -> None:
        names = " ".join(self.used.protections)
        assert self.used.reduced == (not ("landlock" in names and "seccomp" in names))


_SERVERS = (
    *(b"TestNode", b"versitygw", b"postgres", b"provider.js"),
    *(b"multiprocessing", b"archive.ingest.extractors"),  # tests/forked.py, tests/kept_readers.py
)


def _open_files() -> set[str]:
    return {file.name for file in Path("/proc/self/fd").iterdir()}


def _children() -> set[str]:
    """Return the process numbers of this process's children, the dead ones included.

    Servers that other tests have started here are not counted.
    """
    me, found = str(os.getpid()), set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if fields[1] == me and not any(server in command for server in _SERVERS):
            found.add(status.parent.name)
    return found
