"""Rates the pages with Lighthouse: `python -m bench.lighthouse [--json] [--min SCORE]`.

Serves the sample seminar on loopback and lets Lighthouse (from npm, run by npx with its version pinned here)
look at the start page, a page of results and a slide in Debian's Chromium, as on a phone and on a desktop.
Prints a row a page with Lighthouse's own marks, 0–100; ends with 1 where one is below `--min`.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from scripts.archive_command import ArchiveCommand
from scripts.demo import SEMINAR

# The last one that runs on Node 20, Debian's and most others'.
_LIGHTHOUSE = "lighthouse@12.8.2"
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_WORD = "kompetensförsörjning"
_TIMEOUT_S = 300.0
# On a busy machine it now and then misses the start of a load, says so, and asks to be run again.
_ATTEMPTS = 3


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.lighthouse", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--min", type=int, default=95, help="the lowest mark that is good enough")
    options = parser.parse_args(arguments)
    if not (shutil.which("npx") and shutil.which("chromium")):
        print("Lighthouse needs npx (Node 20 or newer) and Chromium.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        rows = _rated(Path(temporary))
    if options.json:
        print(json.dumps({"rows": rows}, ensure_ascii=False))
    else:
        for row in rows:
            marks = "  ".join(f"{name} {row[name]:3d}" for name in _CATEGORIES)
            print(f"{row['page']:8} {row['screen']:8} {marks}")
    return 0 if all(row[name] >= options.min for row in rows for name in _CATEGORIES) else 1


def _rated(folder: Path) -> list[dict[str, Any]]:
    archive = ArchiveCommand(folder / "data")
    archive.ingest_steps(SEMINAR)
    server = archive.serve(0)
    try:
        return [
            {"page": name, "screen": screen, **_marks(address, screen, folder / "report.json")}
            for name, address in _addresses(server.address.rstrip("/")).items()
            for screen in ("phone", "desktop")
        ]
    finally:
        server.end()


def _addresses(site: str) -> dict[str, str]:
    with urllib.request.urlopen(f"{site}/api/search?q={quote(_WORD)}") as answer:
        slide = json.load(answer)["hits"][0]["url"]
    return {"start": f"{site}/", "results": f"{site}/?q={quote(_WORD)}", "slide": site + slide}


def _marks(address: str, screen: str, report: Path) -> dict[str, int]:
    command = ["npx", "--yes", _LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={report}"]
    command += ["--chrome-path=" + str(shutil.which("chromium"))]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking"]
    command += ["--preset=desktop"] if screen == "desktop" else []
    for _ in range(_ATTEMPTS):
        if (
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, timeout=_TIMEOUT_S).returncode
            == 0
        ):
            break
    else:
        raise SystemExit(f"Lighthouse gave up on {address}.")
    categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * categories[name]["score"]) for name in _CATEGORIES}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
