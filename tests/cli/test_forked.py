"""A command that is forked says and does the same as one that is started anew (`tests/forked.py`)."""

import os
import signal
from pathlib import Path

import pytest

from tests.cli.commands import run_anew, run_apart
from tests.forked import Forked, run_forked

COMMANDS = {
    "what is found": ["search", "--json", "--limit", "1", "gruv*"],
    "no command": [],
    "no such command": ["frobnicate"],
    "no such option": ["search", "--jsn", "ord"],
    "no such document": ["show", "zzzzzzzzzz"],
    "what is wrong": ["verify", "--json"],
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_forked_command_says_and_ends_as_a_new_one(filled: Path, arguments: list[str]) -> None:
    forked, anew = run_apart(filled, *arguments), run_anew(filled, *arguments)
    assert forked == anew
    assert forked.out + forked.err


def test_forked_command_speaks_the_language_of_its_environment(filled: Path) -> None:
    told = [one(filled, "search", LC_ALL="sv_SE.UTF-8") for one in (run_apart, run_anew)]
    assert told[0] == told[1]
    assert "Saknat argument" in told[0].err


def test_it_has_folder_environment_and_streams_of_its_own(tmp_path: Path) -> None:
    code = "import os, sys; print(os.getcwd(), sorted(os.environ.items()), sys.argv, sys.stdin.read())"
    given, before = {"TZ": "Pacific/Apia", "A": "ö"}, dict(os.environ)
    ended = run_forked("x", code=code, env=given, typed="sagt")
    assert ended.stdout == f"{tmp_path} {sorted(given.items())} ['-c', 'x'] sagt\n"
    assert (ended.stderr, ended.returncode) == ("", 0)
    assert dict(os.environ) == before


def test_it_ends_with_its_code_and_tells_what_went_wrong() -> None:
    assert run_forked(code="raise SystemExit(7)").returncode == 7
    failed = run_forked(code="print('först'); 1 / 0")
    assert (failed.returncode, failed.stdout) == (1, "först\n")
    assert failed.stderr.endswith("ZeroDivisionError: division by zero\n")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_signal_reaches_it_alone(number: signal.Signals) -> None:
    code = "import sys; print('ready', flush=True); sys.stdin.read()"
    with Forked(code=code) as hit, Forked(code=code) as spared:
        assert hit.stdout.readline() == spared.stdout.readline() == "ready\n"
        assert hit.poll() is None
        hit.send_signal(number)
        assert hit.wait() == -number
        assert spared.poll() is None


def test_it_finds_signals_as_if_it_had_inherited_them() -> None:
    code = """
import signal
print([signal.getsignal(one).name for one in (signal.SIGINT, signal.SIGTERM)])
print(signal.pthread_sigmask(signal.SIG_BLOCK, ()) == {signal.SIGHUP})
"""
    with Forked(code=code, ignored=[signal.SIGINT], blocked=[signal.SIGHUP]) as forked:
        assert forked.communicate() == ("['SIG_IGN', 'SIG_DFL']\nTrue\n", "")


def test_what_it_is_forked_from_has_one_thread_and_imported_all() -> None:
    code = """
import os, sys
print({"archive.web.factory", "archive.app", "numpy", "sqlalchemy"} - set(sys.modules))
print(len(os.listdir(f"/proc/{os.getppid()}/task")))
"""
    assert run_forked(code=code).stdout == "set()\n1\n"
