"""Decks as their authors change them, drawn anew by LibreOffice: other fonts, numbers, order of bullets."""

import random
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

_DECKS_AT_ONCE, _DRAW_S = 12, 300
_TYPEFACE: Final = re.compile(r'(<a:(?:latin|ea|cs) typeface=")([^"]*)(")')
_TEXT: Final = re.compile(r"(<a:t>)([^<]*)(</a:t>)")
_PARAGRAPHS: Final = re.compile(r"(?:<a:p>(?:(?!<a:p>).)*?</a:p>\s*){3,}", re.DOTALL)
_PARAGRAPH: Final = re.compile(r"<a:p>(?:(?!<a:p>).)*?</a:p>", re.DOTALL)
_FONTS: Final = ("DejaVu Serif", "DejaVu Sans Mono", "Liberation Serif", "Liberation Sans Narrow")


def fonts(xml: str, numbers: random.Random) -> str:
    """Return a part of a deck with another font."""
    font = numbers.choice(_FONTS)
    return _TYPEFACE.sub(lambda found: f"{found[1]}{font}{found[3]}", xml)


def figures(xml: str, numbers: random.Random) -> str:
    """Return a part of a deck with other numbers: each digit becomes another."""

    def other(text: str) -> str:
        return re.sub(r"\d", lambda _: str(numbers.randrange(10)), text)

    return _TEXT.sub(lambda found: f"{found[1]}{other(found[2])}{found[3]}", xml)


def order(xml: str, numbers: random.Random) -> str:
    """Return a part of a deck with the bullets of each list in another order."""

    def shuffled(found: re.Match[str]) -> str:
        bullets = _PARAGRAPH.findall(found[0])
        numbers.shuffle(bullets)
        return "".join(bullets)

    return _PARAGRAPHS.sub(shuffled, xml)


CHANGES: Final[Mapping[str, Callable[[str, random.Random], str]]] = {
    "font": fonts,
    "numbers": figures,
    "order": order,
}


def changed_deck(source: Path, target: Path, change: str, seed: int) -> None:
    """Write a deck with one of CHANGES made on its slides, layouts and themes."""
    numbers = random.Random(seed)
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if name.startswith("ppt/") and name.endswith(".xml"):
                data = CHANGES[change](data.decode("utf-8"), numbers).encode("utf-8")
            after.writestr(name, data)


def draw_all(decks: Sequence[Path], folder: Path) -> None:
    """Have LibreOffice make a PDF of each deck that has none there yet, some at a time."""
    waiting = [deck for deck in decks if not (folder / f"{deck.stem}.pdf").exists()]
    profile = f"-env:UserInstallation=file://{folder.resolve()}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    for start in range(0, len(waiting), _DECKS_AT_ONCE):
        some = waiting[start : start + _DECKS_AT_ONCE]
        with suppress(subprocess.TimeoutExpired):
            subprocess.run([*command, *map(str, some)], check=False, capture_output=True, timeout=_DRAW_S)
