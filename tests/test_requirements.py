"""The compiled lists of requirements, which are installed into one environment."""

import re
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
