"""Takes out of a file what it would have LibreOffice fetch: `python -m archive…outside_links FILE`.

Links that a reader follows stay. It runs where LibreOffice runs, as confined; there nothing of the machine is
read anyway, but now LibreOffice does not even try. Words are found in the bytes, not parsed: what is written
in an odd way (UTF-16, a field's name in two runs) stays, as do binary formats: LibreOffice tries in vain.
"""

import html
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO

from archive.ingest.sandbox import processes
from archive.ingest.sandbox.linux.confine import code_folders, confine_converter

_MODULE = "archive.ingest.libreoffice.outside_links"

_OPEN = frozenset({".odp", ".otp", ".odt", ".ott", ".ods", ".ots"})
_WORD = frozenset({".docx", ".dotx", ".docm", ".dotm"})
_DECK = frozenset({".pptx", ".potx", ".ppsx", ".pptm", ".potm", ".ppsm"})
_BOOK = frozenset({".xlsx", ".xltx", ".xlsm", ".xltm"})
_PACKAGES = _OPEN | _WORD | _DECK | _BOOK
_RICH_TEXT = ".rtf"
CUTTABLE = _PACKAGES | {_RICH_TEXT}
"""The suffixes of files that `cut` takes."""

_PART_MAX_BYTES = 64 * 1024**2
_WHOLE_MAX_BYTES = 1024**3
# A workbook in a deck, and a text in that.
_LEVELS = 2
_REACHING = rb"WEBSERVICE|DDE\s*\(|://|'file:|\[\d+\]"
# A formula of a workbook's cell; [1] is another workbook. The cell's value stands beside it.
_FORMULA = re.compile(rb"<f\b[^<>]*+>[^<]*?(?:" + _REACHING + rb")[^<]*+</f>", re.IGNORECASE)
_OPEN_FORMULA = re.compile(rb"\s[\w.-]+:formula\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_OPEN_REACHING = re.compile(rb"WEBSERVICE|DDE\s*\(|://|(?:'|&apos;)file:", re.IGNORECASE)
# Where a connection or a link to another program leads.
_SOURCE = re.compile(
    rb"(<(?:\w+:)?(?:webPr|textPr|dbPr|connection|ddeLink|oleLink)\b)((?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+>)"
)
_SOURCE_NAME = re.compile(
    rb"(\s(?:url|post|editPage|sourceFile|connection|command|odcFile|ddeService|ddeTopic|progId)\s*=\s*)"
    rb"(?:\"[^\"]*\"|'[^']*')"
)
# A tag: its name, and all its attributes, whose values may hold ">".
_TAG = re.compile(rb"<([\w:.-]++)((?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_HREF = re.compile(rb"(\s[\w.-]+:href\s*=\s*)(\"[^\"]*\"|'[^']*')")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]|(?:.*[/\\])?\.\.(?:[/\\]|$)", re.IGNORECASE)
# What a reader clicks on; LibreOffice goes nowhere by itself.
_FOLLOWED_TAGS = (b":a", b":event-listener")
_FOLLOWED_RELATIONS = re.compile(rb"\sType\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_EXTERNAL = re.compile(rb"\sTargetMode\s*=\s*[\"']External[\"']|\sTarget\s*=\s*[\"'][a-z][a-z0-9+.-]*:", re.I)
_FIELD_NAMES = rb"\b(?:INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDEAUTO|DDE|DATABASE|RD)\b"
_FIELD = re.compile(rb"(<w:instrText[^<>]*>\s*|\sw:instr\s*=\s*[\"']\s*)" + _FIELD_NAMES, re.IGNORECASE)
_RICH_FIELD = re.compile(rb"(\\fldinst\b[\s{}]*(?:\\[a-z]+-?\d*[\s{}]*)*+)" + _FIELD_NAMES, re.IGNORECASE)
# Groups that a reader skips whole if it does not know their name; a shape's picture that lies in a file.
_RICH_GROUP = re.compile(rb"(\{\s*\\\*\s*\\)(?:template|nextfile)\b")
_RICH_PICTURE = re.compile(rb"(\{\s*\\sn\s+)pibName\b")
_NO_FIELD = rb"\1PRIVATE"  # shows what the file last showed


def cut(file: Path) -> bool:
    """Rewrite a file without what it would fetch; return whether there was anything.

    Raises what reading and writing raise; the file is then as it was.
    """
    if file.suffix == _RICH_TEXT:
        return _cut_text(file)
    with zipfile.ZipFile(file) as package:
        changed = _changed_parts(package, file.suffix, _LEVELS)
        if changed:
            _replace(file, lambda made: _write(package, made, changed))
    return bool(changed)


def _changed_parts(package: zipfile.ZipFile, suffix: str, levels: int) -> dict[str, bytes]:
    changed: dict[str, bytes] = {}
    for info in package.infolist():
        change = _change_for(suffix, info.filename, levels)
        if change is not None and info.file_size <= _PART_MAX_BYTES:
            old = package.read(info)
            new = change(old)
            if new != old:
                changed[info.filename] = new
    return changed


def _cut_embedded(old: bytes, suffix: str, levels: int) -> bytes:
    """Return a file in another without what it would fetch; what is no package stays as it is."""
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(old)) as package:
        if changed := _changed_parts(package, suffix, levels):
            made = io.BytesIO()
            _write(package, made, changed)
            return made.getvalue()
    return old


def _cut_text(file: Path) -> bool:
    if file.stat().st_size > _PART_MAX_BYTES:
        return False
    old = file.read_bytes()
    new = _RICH_FIELD.sub(_NO_FIELD, _RICH_GROUP.sub(rb"\1nothing", _RICH_PICTURE.sub(rb"\1noName", old)))
    if new != old:
        _replace(file, lambda made: made.write_bytes(new))
    return new != old


def _change_for(suffix: str, part: str, levels: int) -> Callable[[bytes], bytes] | None:
    embedded = PurePosixPath(part).suffix.lower()
    if levels and embedded in _PACKAGES:
        return lambda old: _cut_embedded(old, embedded, levels - 1)
    if suffix in _OPEN:
        return _without_outside_references if part.endswith(("content.xml", "styles.xml")) else None
    if part.endswith(".rels"):
        return _without_external_relations
    if suffix in _BOOK and part.endswith(".xml"):
        return without_outside_cells
    is_words = suffix in _WORD and part.startswith("word/") and part.endswith(".xml")
    return _without_including_fields if is_words else None


def _without_outside_references(xml: bytes) -> bytes:
    return _TAG.sub(_without_reference, xml)


def _without_reference(tag: re.Match[bytes]) -> bytes:
    if tag[1].endswith(b":dde-source") and tag[2].endswith(b"/"):
        return b""  # data of another program; it has nothing in it
    if b":formula" in tag[2]:
        return b"<" + tag[1] + without_outside_formula(tag[2]) + b">"
    if tag[1].endswith(_FOLLOWED_TAGS) or b"href" not in tag[2]:
        return tag[0]
    return b"<" + tag[1] + _HREF.sub(_inside_only, tag[2]) + b">"


def _inside_only(reference: re.Match[bytes]) -> bytes:
    address = html.unescape(reference[2][1:-1].decode("utf-8", "replace")).strip()
    return reference[1] + b'""' if _OUTSIDE.match(address) else reference[0]


def _without_external_relations(xml: bytes) -> bytes:
    return _TAG.sub(lambda tag: b"" if _is_fetched(tag) else tag[0], xml)


def _is_fetched(tag: re.Match[bytes]) -> bool:
    is_whole = tag[1].endswith(b"Relationship") and tag[2].endswith(b"/")
    return is_whole and bool(_EXTERNAL.search(tag[2])) and not _FOLLOWED_RELATIONS.search(tag[2])


def _without_including_fields(xml: bytes) -> bytes:
    return _FIELD.sub(_NO_FIELD, xml)


def _write(package: zipfile.ZipFile, made: Path | IO[bytes], changed: Mapping[str, bytes]) -> None:
    """Write a package anew, in its order, the parts stored as they are: it is read once and thrown away."""
    if sum(info.file_size for info in package.infolist()) > _WHOLE_MAX_BYTES:
        raise OverflowError
    with zipfile.ZipFile(made, "w") as new:
        for info in package.infolist():
            data = changed.get(info.filename)
            new.writestr(zipfile.ZipInfo(info.filename), package.read(info) if data is None else data)


def _replace(file: Path, write: Callable[[Path], object]) -> None:
    made = file.with_name(f"{file.name}.cut")
    try:
        write(made)
        made.replace(file)
    finally:
        made.unlink(missing_ok=True)


def try_to_cut(file: Path) -> None:
    """Cut what can be cut; a file that is too odd for that is converted as it is."""
    if file.suffix in CUTTABLE:
        try:
            cut(file)
        except Exception:  # noqa: BLE001 - a damaged package raises any kind; LibreOffice may read it all the same
            return


def cut_confined(file: Path, wall_time_s: float, cpu_time_s: int, memory_max_bytes: int) -> None:
    """Cut what can be cut in a confined process of its own; a file that takes too long stays as it is."""
    arguments = [str(file.absolute()), str(cpu_time_s), str(memory_max_bytes)]
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(
            processes.command(_MODULE, *arguments),
            env=processes.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=wall_time_s,
            check=False,
        )


def main() -> None:
    """Confine this process, and cut the file that the command line names."""
    file, cpu_time_s, memory_max_bytes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    confine_converter(
        file.parent, code_folders(), memory_max_bytes, cpu_time_s, _WHOLE_MAX_BYTES, may_run_programs=False
    )
    try_to_cut(file)


if __name__ == "__main__":
    main()


def without_outside_cells(xml: bytes) -> bytes:
    """Return a part of a workbook without formulas, links and connections that lead out of it.

    They are other workbooks, data of other programs (DDE), of databases, of the web; their last values stay.
    """
    return _SOURCE.sub(lambda tag: tag[1] + _SOURCE_NAME.sub(rb'\1""', tag[2]), _FORMULA.sub(b"", xml))


def without_outside_formula(attributes: bytes) -> bytes:
    """Return the attributes of a cell of an OpenDocument sheet without a formula that leads out of it."""
    return _OPEN_FORMULA.sub(
        lambda formula: b"" if _OPEN_REACHING.search(formula[0]) else formula[0], attributes
    )
