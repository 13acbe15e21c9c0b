"""Print the figures of the code's structure: `python -m scripts.structure [--all]`.

Counts, for `src/archive`: modules a folder, modules with exactly one importer, the longest chain of imports
between folders and between modules, lines a file and a function, public functions without a docstring.
Imports are read from the source, those inside functions and under TYPE_CHECKING too. `--all` names what is
counted.
"""

import argparse
import ast
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"
_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def main(arguments: list[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m scripts.structure", description=__doc__)
    parser.add_argument("--all", action="store_true", help="name the modules and functions counted")
    is_all = parser.parse_args(arguments).all
    trees = {_module(path): ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
    paths = {_module(path): path for path in sorted(SOURCE.rglob("*.py"))}
    packages = {name for name, path in paths.items() if path.name == "__init__.py"}
    imports = {name: set(_imported(tree, paths)) for name, tree in trees.items()}
    modules = [name for name in trees if name not in packages]

    importers = Counter(imported for name in trees for imported in imports[name] if imported != name)
    once = sorted(name for name in modules if importers[name] == 1)
    folders = Counter(_folder(name) for name in modules)
    lines = {name: len(path.read_text("utf-8").splitlines()) for name, path in paths.items()}
    functions = [(_length(node), f"{name}.{node.name}") for name in trees for node in _functions(trees[name])]
    bare = [f"{name}.{called}" for name in trees for called in _undocumented(trees[name])]

    rows = {
        "modules": str(len(modules)),
        "modules with exactly one importer": f"{len(once)} ({100 * len(once) / len(modules):.0f} %)",
        "most modules in a folder": "{1} ({0})".format(*folders.most_common(1)[0]),
        "longest chain of imports, folders": str(_longest(_between_folders(imports))),
        "longest chain of imports, modules": str(_longest(imports)),
        "longest file, lines": "{1} ({0})".format(*max(lines.items(), key=lambda row: row[1])),
        "longest function, lines": "{} ({})".format(*max(functions)),
        "public functions without a docstring": str(len(bare)),
    }
    for label, figure in rows.items():
        print(f"{label:40}{figure}")
    if is_all:
        print("\nOne importer:", *once, sep="\n  ")
        print("\nWithout a docstring:", *bare, sep="\n  ")
        print("\nLongest:", *(f"{count} {name}" for count, name in sorted(functions)[-20:]), sep="\n  ")
        print("\nFolders:", *(f"{count} {name}" for name, count in folders.most_common()), sep="\n  ")
    return 0


def _module(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _folder(name: str) -> str:
    return name.rpartition(".")[0]


def _imported(tree: ast.Module, paths: Mapping[str, Path]) -> Iterator[str]:
    """Yield the archive's own modules that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in paths)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module in paths:
            submodules = [f"{node.module}.{alias.name}" for alias in node.names]
            inside = [module for module in submodules if module in paths]
            yield from inside
            if len(inside) < len(submodules):
                yield node.module


def _between_folders(imports: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return which folder imports from which; a single file next to the folders counts as one."""
    room = {name: _room(name) for name in imports}
    edges: dict[str, set[str]] = defaultdict(set)
    for name, imported in imports.items():
        edges[room[name]].update(room[module] for module in imported if room[module] != room[name])
    return dict(edges)


def _room(name: str) -> str:
    """Return the part directly under `archive` in which a module is."""
    return ".".join(name.split(".")[:2])


def _longest(imports: Mapping[str, set[str]]) -> int:
    """Return how many stand on each other in the longest chain. There must be no circle."""

    @cache
    def height(name: str) -> int:
        return 1 + max((height(module) for module in imports.get(name, ()) if module != name), default=0)

    sys.setrecursionlimit(10_000)
    return max(map(height, imports))


def _functions(tree: ast.Module) -> Iterator[_FUNCTION]:
    yield from (node for node in ast.walk(tree) if isinstance(node, _FUNCTION))


def _length(node: _FUNCTION) -> int:
    """Return a function's lines without its head and docstring."""
    first = node.body[0]
    begin = first.end_lineno if _is_docstring(first) else first.lineno - 1
    return (node.end_lineno or 0) - (begin or 0)


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _undocumented(tree: ast.Module) -> Iterator[str]:
    """Yield public functions, classes and methods of public classes that say nothing of themselves."""
    for node in tree.body:
        if not isinstance(node, _FUNCTION | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None and not _is_overload(node):
            yield node.name
        if isinstance(node, ast.ClassDef):
            for member in node.body:
                if (
                    isinstance(member, _FUNCTION)
                    and not member.name.startswith("_")
                    and ast.get_docstring(member) is None
                    and not _is_overload(member)
                ):
                    yield f"{node.name}.{member.name}"


def _is_overload(node: _FUNCTION | ast.ClassDef) -> bool:
    return any(
        "overload" in ast.dump(decorator) or "override" in ast.dump(decorator)
        for decorator in node.decorator_list
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
