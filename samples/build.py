"""Builds the sample seminar's files: `python -m samples.build [FOLDER]` (default: samples/seminar)."""

import sys
from pathlib import Path

from samples import export_deck, mining_deck, report, specialisation_deck, transformation_deck
from samples.packages import normalised

FOLDER = Path(__file__).parent / "seminar"
DECKS = {
    "01-industriell-omvandling.pptx": transformation_deck.build,
    "02-smart-specialisering.pptx": specialisation_deck.build,
    "03-exportindustrin.pptx": export_deck.build,
    "04-hallbar-gruvnaring.pptx": mining_deck.build,
}
REPORT = "regionens-exportvarde.pdf"


def build(folder: Path) -> tuple[Path, ...]:
    """Write the four decks and the report into `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: normalised(make()) for name, make in DECKS.items()}
    files[REPORT] = report.build()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in files)


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(f"{path.name}: {path.stat().st_size / 1024:.0f} KiB")
