"""Checks the demo as a visitor meets it: over HTTP, one line for each check."""

import hashlib
import html
import json
import os
import re
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from scripts.archive_command import ArchiveCommand, CommandError, Server

Outcome = tuple[str, str]
"""What was checked and what was seen."""

_PAGE_WORD = "gruvnäring"
_API_WORD = "kompetensförsörjning"
_SLIDE_LINK = re.compile(r'href="(/d/[a-z0-9]+/\d+(?:\?[^"]*)?)"')
_PICTURE_LINK = re.compile(r'"(/d/[a-z0-9]+/\d+/large\.webp(?:\?[^"\s]*)?)')
_TAG = re.compile(r"<[^>]*>")
_TIMEOUT_S = 60.0


class CheckFailed(Exception):
    """A check did not see what it should; the message says what it saw."""


def check(seminar: Path) -> bool:
    """Run the demo on `seminar` in a temporary folder, a line for each check; return whether all held."""
    outcome = ""
    with tempfile.TemporaryDirectory(prefix="archive-check-") as folder:
        try:
            for name, seen in _checks(seminar, Path(folder)):
                print(f"ok      {name}: {seen}", flush=True)
        except (CheckFailed, CommandError) as error:
            outcome = f"FAILED  {error}"
    if outcome:
        print(outcome, flush=True)
    return not outcome


def visits(server: Server, seminar: Path, has_missing: bool) -> Iterator[Outcome]:
    """Look at what a server shows of the sample seminar; raises CheckFailed."""
    yield from _visits(server, _files(seminar), has_missing)


def _files(seminar: Path) -> list[Path]:
    return [path for path in seminar.iterdir() if path.suffix in (".pptx", ".pdf")]


def _checks(seminar: Path, folder: Path) -> Iterator[Outcome]:
    archive = ArchiveCommand(folder / "data")
    files = _files(seminar)
    stored = _stored(archive.ingest_steps(seminar))
    _expect(len(stored) == len(files), f"ingest: expected {len(files)} files, got {stored}")
    yield "ingest", f"{len(stored)} files"
    missing = archive.status()["missing_parts"]
    _expect(not (missing and os.environ.get("CI")), f"system parts: missing {', '.join(missing)}")
    yield "system parts", f"missing {', '.join(missing)}" if missing else "all there"
    with (folder / "server.log").open("w+", encoding="utf-8") as log:
        server = archive.serve(0, log)
        try:
            yield "serve", server.address
            yield from _visits(server, files, bool(missing))
            link = archive.admin_link("admin")
            _expect('type="password"' in _text(server, link), "one-time link: no password can be chosen")
            yield "one-time link", "lets an admin choose a password"
            yield _repeated(archive, seminar)
        finally:
            ended = server.end()
        log.seek(0)
        _expect(ended, "end: the server did not end when asked to")
        _expect("Traceback" not in log.read(), "end: the server's log has a traceback")
    yield "end", "the server ended in order"


def _visits(server: Server, files: list[Path], has_missing: bool) -> Iterator[Outcome]:
    health = json.loads(_get(server, "/healthz"))
    _expect(health["status"] == "ok", f"/healthz: {health}")
    yield "/healthz", health["status"]

    page = _text(server, f"/?q={quote(_PAGE_WORD)}")
    links = [html.unescape(link) for link in dict.fromkeys(_SLIDE_LINK.findall(page))]
    _expect(bool(links), f"search page: no slide is linked for {_PAGE_WORD}")
    _expect("<mark" in page, "search page: no word is marked")
    yield "search page", f"{len(links)} slides linked for {_PAGE_WORD}"

    slide = _text(server, links[0])
    words = html.unescape(_TAG.sub("", slide)).casefold()
    _expect(_PAGE_WORD in words, f"slide page: {links[0]} does not hold {_PAGE_WORD}")
    yield "slide page", links[0]
    yield _picture(server, slide, words, has_missing)

    yield _download(server, links[0].split("/")[2], files)

    answer = json.loads(_get(server, f"/api/search?q={quote(_API_WORD)}"))
    _expect(answer["total"] > 0 and bool(answer["hits"]), f"JSON search: nothing found for {_API_WORD}")
    yield "JSON search", f"{answer['total']} slides for {_API_WORD}"


def _download(server: Server, document: str, files: list[Path]) -> Outcome:
    """Follow the link of the document's page: the original, or a PDF where it holds what is for staff."""
    link = re.search(rf'href="(/d/{document}/(?:original|document\.pdf))"', _text(server, f"/d/{document}"))
    if link is None:
        return "download", "none: the file holds notes, and without LibreOffice there is no PDF"
    data = _get(server, link[1])
    if link[1].endswith(".pdf"):
        _expect(data.startswith(b"%PDF-"), "download: it is no PDF")
        return "download", f"a PDF of {len(data)} bytes instead of the original with its notes"
    known = {hashlib.sha256(path.read_bytes()).digest(): path.name for path in files}
    _expect(hashlib.sha256(data).digest() in known, "download: its bytes are not those of a sample")
    return "download", "the same bytes as the sample"


def _picture(server: Server, slide: str, words: str, has_missing: bool) -> Outcome:
    link = _PICTURE_LINK.search(slide)
    if link is None:
        _expect(has_missing, "picture: the slide page shows none, though all system parts are there")
        _expect("text-card" in slide, "text card: the slide page shows none")
        _expect(_PAGE_WORD in words, "text card: the slide's words are not on its page")
        return "text card", "LibreOffice is missing, so the slide shows as text"
    content = _get(server, html.unescape(link[1]))
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    _expect(is_webp, f"picture: expected WebP, got {content[:12]!r}")
    return "picture", f"WebP, {len(content) // 1024} KiB"


def _repeated(archive: ArchiveCommand, seminar: Path) -> Outcome:
    before = archive.status()
    outcomes = set(_stored(archive.ingest_steps(seminar)))
    _expect(outcomes == {"unchanged"}, f"ingest again: expected unchanged files, got {sorted(outcomes)}")
    _expect(_amounts(archive.status()) == _amounts(before), "ingest again: the archive has grown")
    return "ingest again", "nothing added"


def _stored(steps: list[dict[str, Any]]) -> list[str]:
    return [step["outcome"] for step in steps if step["step"] == "stored"]


def _amounts(status: dict[str, Any]) -> dict[str, Any]:
    return {name: status[name] for name in ("documents", "pages", "originals", "pictures", "events")}


def _text(server: Server, path: str) -> str:
    return _get(server, path).decode("utf-8")


def _get(server: Server, path: str) -> bytes:
    # Without a proxy: the server is on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urljoin(server.address, path), timeout=_TIMEOUT_S) as response:
            content: bytes = response.read()
    except urllib.error.HTTPError as error:
        with error:
            raise CheckFailed(f"{path}: answered {error.code}") from None
    except OSError:
        raise CheckFailed(f"{path}: no answer") from None
    return content


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise CheckFailed(otherwise)
