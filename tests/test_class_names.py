"""A name means one thing: no two classes of the archive have the same."""

import ast
from collections import defaultdict
from pathlib import Path

import archive


def test_each_class_has_a_name_of_its_own() -> None:
    source = Path(archive.__file__).parent
    found = defaultdict(list)
    for path in sorted(source.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path.relative_to(source)))
    assert len(found) > 500
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
