"""How much of seminar pages is still read when they are written otherwise: other tags, classes, names, signs.

    python -m bench.page_variants            the pages of the tests
    python -m bench.page_variants FOLDER …   others: NAME.html with NAME.json, as the tests have them

A share is that of the values that a page's truth has; what is read beyond them is beside it.
"""

import argparse
import copy
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.cli.imports.shown import as_object
from archive.ingest.extractors.webpage.decoding import decoded
from tests.imports.reading.truths import PAGES, read
from tests.imports.reading.variants.markup import MARKUP
from tests.imports.reading.variants.wording import WORDING

_INNER = {
    "events": "event",
    "talks": "talk",
    "speakers": "speaker",
    "reports": "report",
    "focus_areas": "area",
}
_SAID_OTHERWISE = ("page", "address", "content_type", "notes", "optional", "slot", "moderators", "remarks")
_Value = tuple[str, str]


def _alternatives(kind: str, record: dict[str, Any]) -> Iterator[list[_Value]]:
    """Yield the values of a record and of those in it, each with all that are right in its place."""
    for name, value in record.items():
        if name in _INNER:
            for inner in value:
                yield from _alternatives(_INNER[name], inner) if not inner.get("optional") else ()
        elif name not in _SAID_OTHERWISE or (kind == "report" and name == "address"):
            options = value["any"] if isinstance(value, dict) and "any" in value else [value]
            yield [(f"{kind}.{name}", one) for option in options for one in _plain(option)]


def _plain(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = value.get("must", [])
    if isinstance(value, list):
        return [" ".join(sorted(map(str, value)))]
    return [" ".join(str("" if value is None else value).split())]


def compared(truth: dict[str, Any], got: dict[str, Any]) -> tuple[int, int, int]:
    """Return how many values of a truth were read, of how many, and how many names and topics beyond them."""
    left = Counter(one for options in _alternatives("page", got) for one in options if one[1])
    right = total = 0
    for options in _alternatives("page", truth):
        if not options[0][1]:
            continue
        total += 1
        found = next((one for one in options if left[one] > 0), None)
        right += found is not None or any(not one[1] for one in options[1:])
        if found is not None:
            left[found] -= 1
    beyond = sum(count for one, count in left.items() if one[0] in ("speaker.name", "talk.topic"))
    return right, total, max(beyond, 0)


def _measured(pages: list[Path], name: str) -> tuple[int, int, int, int]:
    counts = [0, 0, 0, 0]
    for path in pages:
        truth = json.loads(path.read_text("utf-8"))
        text = decoded(path.with_suffix(".html").read_bytes(), truth.get("content_type", ""))
        made = (text, truth) if not name else (MARKUP | WORDING)[name](text, copy.deepcopy(truth))
        if made is None:
            continue
        page = read(made[0].encode(), truth["address"], "text/html; charset=utf-8")
        found = (1, *compared(made[1], as_object(page)))
        counts = [one + other for one, other in zip(counts, found, strict=True)]
    return counts[0], counts[1], counts[2], counts[3]


def main() -> None:
    """Read the pages as they are and in each variant, and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[PAGES])
    pages = sorted(path for folder in parser.parse_args().folders for path in folder.glob("*.json"))
    print(f"{'':28}{'pages':>6}{'read':>9}{'values':>8}{'beyond':>8}")
    for name in ("", *MARKUP, *WORDING):
        count, right, total, beyond = _measured(pages, name)
        share = 100 * right / max(total, 1)
        print(f"{name or 'as they are':28}{count:6}{share:7.1f} %{total:8}{beyond:8}")


if __name__ == "__main__":
    main()
