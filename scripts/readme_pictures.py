"""Take the pictures of the README and docs/reading.md: `python -m scripts.readme_pictures http://127.0.0.1:8000`.

Needs Chromium, the development packages, and the demo's server running at the address given.
"""

import io
import json
import shutil
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
_MAX_BYTES = 150_000
_QUALITY = 82


def main(address: str) -> None:
    """Save the results and a slide as on a desktop, and the slide as on a phone."""
    with urllib.request.urlopen(f"{address}/api/search?q={quote('kompetensförsörjning')}") as answer:
        slide = json.load(answer)["hits"][0]["url"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, width, height, path in (
            ("results", 1280, 860, f"/?q={quote('gruvnäring')}"),
            ("viewer", 1280, 860, slide),
            ("viewer-phone", 360, 740, slide),
        ):
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(address + path, wait_until="networkidle")
            _save(page.screenshot(), FOLDER / f"{name}.webp")
        browser.close()


def _save(png: bytes, path: Path) -> None:
    Image.open(io.BytesIO(png)).convert("RGB").save(path, quality=_QUALITY, method=6)
    size_bytes = path.stat().st_size
    print(f"{path.name}: {size_bytes:,} bytes")
    if size_bytes > _MAX_BYTES:
        raise SystemExit(f"{path.name} is larger than {_MAX_BYTES:,} bytes.")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
