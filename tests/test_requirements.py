"""The compiled lists of requirements, which are installed into one environment."""

import re
import subprocess
from collections import defaultdict
from pathlib import Path

LISTS = sorted(Path(__file__).parents[1].glob("requirements*.txt"))
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: ; ([^\\]+?))? *\\$", re.MULTILINE)


def test_all_lists_have_the_same_version_of_a_package() -> None:
    versions: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for path in LISTS:
        for name, version, marker in _PIN.findall(path.read_text("utf-8")):
            versions[name.lower(), marker].add(version)
    assert len(versions) > 50
    assert {key: found for key, found in versions.items() if len(found) > 1} == {}


def test_no_list_names_an_index() -> None:
    for path in LISTS:
        assert not re.search(r"https?://|--(?:extra-)?index-url", path.read_text("utf-8")), path.name


def test_licences_of_all_pinned_packages_are_listed() -> None:
    listed = (LISTS[0].parent / "docs" / "licences.md").read_text("utf-8")
    for path in LISTS:
        for name, version, marker in _PIN.findall(path.read_text("utf-8")):
            if "win32" in marker:
                continue
            assert f"| {name.lower()} | {version} | " in listed, f"{name} {version}: run make lock"


def test_pip_is_pinned_and_takes_wheels_alone() -> None:
    root = LISTS[0].parent
    assert re.search(r"^pip==", (root / "requirements-build.txt").read_text("utf-8"), re.MULTILINE)
    commands = [line for line in (root / "Makefile").read_text("utf-8").splitlines() if "pip install" in line]
    assert commands
    assert all("--only-binary :all:" in line for line in commands)


def _audited(folder: Path, exit_code: int) -> tuple[int, list[str]]:
    """Run `make audit` with a program in pip-audit's place; return how it ended, and its command lines."""
    asked = folder / "asked"
    program = folder / "pip-audit"
    program.write_text(f'#!/bin/sh\necho "$@" >> "{asked}"\nexit {exit_code}\n')
    program.chmod(0o700)
    command = ["make", "-o", ".venv/.audit", "audit", f"BIN={folder}"]
    ended = subprocess.run(command, cwd=LISTS[0].parent, capture_output=True, check=False)
    return ended.returncode, asked.read_text("utf-8").splitlines()


def test_audit_looks_at_each_list_and_a_package_that_could_not_be_looked_up_fails_it(tmp_path: Path) -> None:
    status, asked = _audited(tmp_path, 0)
    assert status == 0
    assert sorted(line.split()[-1] for line in asked) == [path.name for path in LISTS]
    assert all("--strict" in line.split() for line in asked)


def test_audit_that_finds_something_ends_with_an_error(tmp_path: Path) -> None:
    assert _audited(tmp_path, 1)[0] != 0
