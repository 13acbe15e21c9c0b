"""Which sandbox is taken."""

import pytest

from archive.errors import SettingsError
from archive.ingest.sandbox.forking import ForkingSandbox
from archive.ingest.sandbox.linux import kernel, landlock
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.ingest.sandbox.spawning import FreshSandbox


@pytest.fixture
def unknown_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "knows_machine", lambda: False)


def test_known_machine_gets_the_forking_server() -> None:
    assert isinstance(open_sandbox("auto"), ForkingSandbox)
    assert isinstance(open_sandbox("forking"), ForkingSandbox)


def test_fresh_can_be_asked_for() -> None:
    assert isinstance(open_sandbox("fresh"), FreshSandbox)


def test_unknown_machine_gets_a_fresh_process_and_says_that_it_is_less(unknown_machine: None) -> None:
    sandbox = open_sandbox("auto")
    assert isinstance(sandbox, FreshSandbox)
    assert sandbox.reduced
    assert sandbox.protections[0] == "memory and time: rlimits"
    assert all(protection.endswith(": none") for protection in sandbox.protections[1:])


def test_forking_is_refused_where_it_cannot_be(unknown_machine: None) -> None:
    with pytest.raises(SettingsError):
        open_sandbox("forking")


def test_kernel_without_landlock_is_reduced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    sandbox = ForkingSandbox()
    assert sandbox.reduced
    assert "files: none" in sandbox.protections
