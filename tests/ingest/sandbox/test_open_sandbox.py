"""Which isolation is taken."""

import pytest

from archive.errors import SettingsError
from archive.ingest.sandbox import open_sandbox
from archive.ingest.sandbox.forking import ForkingIsolation
from archive.ingest.sandbox.linux import kernel, landlock
from archive.ingest.sandbox.spawning import FreshIsolation


@pytest.fixture
def other_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "is_linux", lambda: False)


def test_linux_gets_the_forking_server() -> None:
    if not kernel.is_linux():
        pytest.skip("this is not Linux")
    assert isinstance(open_sandbox.open_isolation("auto"), ForkingIsolation)
    assert isinstance(open_sandbox.open_isolation("forking"), ForkingIsolation)


def test_fresh_can_be_asked_for() -> None:
    assert isinstance(open_sandbox.open_isolation("fresh"), FreshIsolation)


def test_other_systems_get_a_fresh_process_and_say_that_it_is_less(other_system: None) -> None:
    isolation = open_sandbox.open_isolation("auto")
    assert isinstance(isolation, FreshIsolation)
    assert isolation.reduced
    assert isolation.protections in ((), ("rlimits",))


def test_forking_is_refused_where_it_cannot_be(other_system: None) -> None:
    with pytest.raises(SettingsError):
        open_sandbox.open_isolation("forking")


def test_kernel_without_landlock_is_reduced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    isolation = ForkingIsolation()
    assert isolation.reduced
    assert not any(name.startswith("landlock") for name in isolation.protections)
