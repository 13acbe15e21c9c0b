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
