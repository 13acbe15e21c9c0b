"""Gather the texts to translate and compile the translations: `make texts`.

The pages' texts are Swedish in the code, with English in `src/archive/web/translations`; those of the command
line are English in the code, with Swedish in `src/archive/cli/translations`. Texts that are new get an empty
translation to be filled in, texts that are gone lose theirs. Ends with 1 and names them where some are empty.
"""

import ast
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import archive
from archive import errors
from archive.cli.language import english_help
from archive.cli.main import COMMANDS, cli, load

PACKAGE = Path(archive.__file__).parent
WEB = PACKAGE / "web"
ENGLISH = WEB / "translations" / "en" / "LC_MESSAGES" / "messages.po"
SWEDISH = PACKAGE / "cli" / "translations" / "sv" / "LC_MESSAGES" / "archive.po"
Text = str | tuple[str, str]

# What it says is told in the visitor's language.
_TOLD_ELSEWHERE = WEB
# Who reads or fetches files says how that ended: sentences of their own, kept in English with what they are
# about.
_READERS = (PACKAGE / "ingest", PACKAGE / "uploads", PACKAGE / "imports", PACKAGE / "erasing")
_SENTENCE = re.compile(r"(?=\S+(?: \S+){2})(?:[A-Z]|\{\} of )[^<åäöÅÄÖ]*[.]")
_LOGS = ("logger", "_LOG")
_FIELD = re.compile(r"\{\w*(?::[^{}]*)?\}")
_MARKS = ("text", "plural", "translate")
_MISTAKES = {"_mistake", "PydanticCustomError"}
_CLICK_MARKS = ("_", "ngettext")


def command_line_texts() -> set[Text]:
    """Return all texts of the command line: marked ones, help, and messages of errors."""
    found: set[Text] = {*_help(cli), *_advice()}
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        if file.is_relative_to(PACKAGE / "cli"):
            found |= set(_marked(tree, _MARKS))
        if not file.is_relative_to(_TOLD_ELSEWHERE):
            found |= {*_error_messages(tree), *_expectations(tree)}
        if any(file.is_relative_to(folder) for folder in _READERS):
            found |= set(_sentences(tree))
    return found


def texts_of_click() -> set[Text]:
    """Return the texts of the library that the command line is made with."""
    files = Path(click.__file__).parent.glob("*.py")
    return {found for file in files for found in _marked(ast.parse(file.read_text("utf-8")), _CLICK_MARKS)}


def _help(command: click.Command) -> Iterator[str]:
    options = [one for one in command.params if isinstance(one, click.Option)]
    yield from filter(None, [english_help(command), *map(english_help, options)])
    if command is cli:
        for name in COMMANDS:
            yield from _help(load(name))
    elif isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _help(inner)


def _advice() -> Iterator[str]:
    from archive.catalogue.ocr_results import NO_WORDS_SEEN
    from archive.catalogue.operation import incoming
    from archive.catalogue.operation.remedies import ADVICE, STOPPED

    yield from incoming.ADVICE.values()
    yield incoming.OTHER
    yield from ADVICE.values()
    yield NO_WORDS_SEEN
    yield STOPPED


def _marked(tree: ast.AST, marks: tuple[str, ...]) -> Iterator[Text]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in marks:
            first = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
            if node.func.id in ("plural", "ngettext") and len(first) > 1:
                yield str(first[0]), str(first[1])
            elif first:
                yield str(first[0])


def _error_messages(tree: ast.AST) -> Iterator[str]:
    """Yield the messages of errors, with {} in the place of values."""
    names = {name for name, value in vars(errors).items() if isinstance(value, type)} | _MISTAKES
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        is_error = isinstance(node.func, ast.Name) and node.func.id in names
        is_made = isinstance(node.func, ast.Attribute) and node.func.attr == "__init__"  # in archive.errors
        if is_error or is_made:
            told = map(_told, node.args)
            yield from (one for one in told if " " in one and any(map(str.isalpha, one)))


def _expectations(tree: ast.AST) -> Iterator[str]:
    """Yield what names that end with EXPECTED hold: what a mistake in somebody's file should have been."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        if node.targets[0].id.endswith("EXPECTED"):
            told = (
                _FIELD.sub("{}", _told(part)) for part in ast.walk(node.value) if isinstance(part, ast.expr)
            )
            yield from (one for one in told if " " in one and any(map(str.isalpha, one)))


def _sentences(tree: ast.AST) -> Iterator[str]:
    """Yield the sentences that are no docstrings and not logged, with {} in the place of values."""
    nodes = list(ast.walk(tree))
    skipped = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    skipped |= {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    skipped |= {id(part) for node in nodes if _is_logged(node) for part in ast.walk(node)}
    for node in nodes:
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in skipped:
            told = _FIELD.sub("{}", _told(node))
            if _SENTENCE.fullmatch(told):
                yield told


def _is_logged(node: ast.AST) -> bool:
    """Return whether a call writes to the log, which is in English."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return isinstance(node.func.value, ast.Name) and node.func.value.id in _LOGS


def _told(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
        return "".join(map(str, parts))
    return ""


def update_command_line() -> list[str]:
    """Bring the Swedish translations up to date and compile them; return the texts that have none."""
    kept = Catalog(locale="sv")
    if SWEDISH.exists():
        with SWEDISH.open("rb") as file:
            kept = read_po(file, locale="sv")
    # With the old date, a run that finds nothing new changes nothing.
    new = Catalog(locale="sv", project="archive", fuzzy=False, creation_date=kept.creation_date)
    ours = command_line_texts()
    of_click = {text for text in texts_of_click() if kept.get(text if isinstance(text, str) else text[0])}
    for text in sorted(ours | of_click, key=str):
        known = kept.get(text if isinstance(text, str) else text[0])
        new.add(text, string=known.string if known else "")
    SWEDISH.parent.mkdir(parents=True, exist_ok=True)
    with SWEDISH.open("wb") as file:
        write_po(file, new, width=100, omit_header=False, sort_output=True)
    with SWEDISH.with_suffix(".mo").open("wb") as file:
        write_mo(file, new)
    return [str(message.id) for message in new if message.id and not _is_filled(message.string)]


def _is_filled(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def update_pages() -> list[str]:
    """Bring the English translations up to date and compile them; return the texts that have none."""
    mapping, folder = str(WEB / "translations" / "babel.cfg"), str(WEB / "translations")
    with tempfile.TemporaryDirectory() as temporary:
        template = str(Path(temporary) / "texts.pot")
        extract = ["extract", "-F", mapping, "--no-location", "-o", template, str(WEB)]
        update = [
            "update",
            "-i",
            template,
            "-d",
            folder,
            "-l",
            "en",
            "--no-fuzzy-matching",
            "--ignore-obsolete",
            "--ignore-pot-creation-date",
        ]
        for arguments in (extract, update, ["compile", "-d", folder]):
            CommandLineInterface().run(["pybabel", "-q", *arguments])  # type: ignore[no-untyped-call]  # of Babel
    with ENGLISH.open("rb") as file:
        english = read_po(file, locale="en")
    return [str(message.id) for message in english if message.id and not _is_filled(message.string)]


if __name__ == "__main__":
    empty = [*update_pages(), *update_command_line()]
    for text in empty:
        print(f"No translation: {text}", file=sys.stderr)
    sys.exit(bool(empty))
