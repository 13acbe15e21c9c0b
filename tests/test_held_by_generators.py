"""Nothing is held while a generator is suspended: a traceback keeps it suspended for as long as it lives.

A worker that failed on a full disk while it drew pictures held its reader's lock in that way, for good.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import archive

SOURCE = Path(archive.__file__).parent
_CONTEXTS = {"contextmanager"}
_HARMLESS = {
    "store.writing.chunks_of": "a file that only it reads",
    "store.folder_store.digests": "nothing: errors are translated",
    "store.s3_bucket.chunks": "nothing: errors are translated",
    "store.s3_bucket.keys": "nothing: errors are translated",
    "backup.folder_place.chunks": "a file that only it reads",
    "backup.folder_place.keys": "nothing: errors are translated",
    "export.read_archive._records": "a file that only it reads",
    "export.record_files.with_texts": "a file that only it writes",
    "ingest.reading.redaction._files": "a temporary file of its own",
    "ingest.reading.redaction.around": "a child; the erasing closes the generator",
    "ingest.sandbox.processes._parents": "nothing: errors are passed over",
    "ingest.intake.accept._zip": "a temporary folder; the pipeline closes the generator",
    "ingest.intake.accept._held": "a temporary folder; the pipeline closes the generator",
    "downloads.tables.workbook": "a temporary folder; the stream of the download closes the generator",
    "downloads.originals.originals": "a file that only it writes, in memory",
    "downloads.originals.stream": "a file that only it writes, in memory",
    "downloads.tables.parquet": "a file that only it writes, in memory",
    "index.bulk.fill": "helper processes; the indexer closes the generator",
}
_ENDS_WITH_ITS_PROCESS = "ingest.extractors."
"""Readers run in a child that ends when its answer is given or given up."""


def _yields_in(node: ast.AST) -> bool:
    """Return whether a statement yields itself, not in a function within it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            continue
        if isinstance(child, ast.Yield | ast.YieldFrom) or _yields_in(child):
            return True
    return False


def _holding(tree: ast.AST) -> Iterator[str]:
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        decorators = {each.id for each in function.decorator_list if isinstance(each, ast.Name)}
        if decorators & _CONTEXTS:
            continue
        inner = {
            id(one)
            for each in ast.walk(function)
            if each is not function and isinstance(each, ast.FunctionDef)
            for one in ast.walk(each)
        }
        if any(
            isinstance(node, ast.With) and id(node) not in inner and _yields_in(node)
            for node in ast.walk(function)
        ):
            yield function.name


def test_no_generator_yields_while_it_holds_something() -> None:
    found = set()
    for path in SOURCE.rglob("*.py"):
        module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        if module.startswith(_ENDS_WITH_ITS_PROCESS):
            continue
        found |= {f"{module}.{name}" for name in _holding(ast.parse(path.read_text("utf-8")))}
    assert found == set(_HARMLESS)
