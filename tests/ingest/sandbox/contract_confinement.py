"""What a child must not be able to do, in every sandbox."""

import os
import socket
from pathlib import Path

import pytest

from tests.ingest.sandbox.contract_base import ContractBase


class ConfinementContract(ContractBase):
    def assert_refused(self, name: str, argument: str = "") -> None:
        if self.used.reduced:
            pytest.skip("the kernel of this machine has no Landlock or no seccomp")
        assert self.said(name, argument).startswith("refused")

    def test_network_is_refused(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.assert_refused("opens-inet-socket", str(server.getsockname()[1]))

    def test_datagrams_are_refused(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as heard:
            heard.bind(("127.0.0.1", 0))
            heard.setblocking(False)  # what is sent on this machine is there at once
            self.assert_refused("opens-datagram-socket", str(heard.getsockname()[1]))
            with pytest.raises(BlockingIOError):
                heard.recv(1)

    @pytest.mark.parametrize("family", [1, 2, 10, 16, 17, 38, 40], ids=str)
    def test_sockets_of_every_family_are_refused(self, family: int) -> None:
        self.assert_refused("opens-socket-of-family", str(family))

    @pytest.mark.parametrize("name", ["opens-unix-socket", "forks", "runs-program", "becomes-program"])
    def test_sockets_and_processes_are_refused(self, name: str) -> None:
        self.assert_refused(name)

    def test_threads_are_allowed(self) -> None:
        assert self.said("starts-thread") == "done tråd"

    @pytest.mark.parametrize("path", ["/etc/passwd", "/proc/self/environ", "/proc/1/cmdline"])
    def test_files_of_the_system_are_refused(self, path: str) -> None:
        self.assert_refused("reads-file", path)

    def test_other_documents_are_refused(self) -> None:
        secret = self.folder / "secret"
        secret.write_text("hemligt")
        self.assert_refused("reads-file", str(secret))
        self.assert_refused("removes-file", str(secret))
        self.assert_refused("lists-folder", str(self.folder))
        assert secret.exists()

    @pytest.mark.parametrize(
        "name", ["writes-file", "makes-folder", "links-to-system-file", "links-hard", "makes-pipe"]
    )
    @pytest.mark.parametrize("place", ["beside", "/tmp", "/dev/shm", "/var/tmp", "code"])
    def test_writing_is_refused(self, name: str, place: str) -> None:
        folders = {"beside": self.folder, "code": Path(__file__).parent}
        target = folders.get(place, Path(place)) / f"left-by-hostile-reader-{os.getpid()}"
        self.assert_refused(name, str(target))
        assert not target.exists()
        assert not target.is_symlink()

    @pytest.mark.parametrize(
        "name",
        ["writes-document", "changes-mode-of-document", "shortens-document", "opens-document-to-write"],
    )
    def test_document_cannot_be_changed(self, name: str) -> None:
        self.assert_refused(name, "orört")
        assert (self.folder / "document").read_text() == "orört"
        assert self.document("orört").stat().st_mode & 0o111 == 0

    @pytest.mark.parametrize("name", ["signals", "traces", "bounds-other-process"])
    def test_other_processes_are_out_of_reach(self, name: str) -> None:
        self.assert_refused(name, str(os.getpid()))

    @pytest.mark.parametrize(
        "name", ["signals-parent", "reads-memory-of-parent", "frees-itself-from-server", "raises-its-limits"]
    )
    def test_child_cannot_free_itself(self, name: str) -> None:
        self.assert_refused(name)

    def test_environment_is_not_passed_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SECRET_TOKEN", "hemligt")
        self.used.close()
        said = self.said("tells-environment")
        assert "hemligt" not in said
        assert "LANG=C.UTF-8" in said

    def test_only_document_and_answer_are_open(self) -> None:
        assert self.said("tells-open-files") == "0 1 2 3"
