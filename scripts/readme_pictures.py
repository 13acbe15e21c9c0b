"""Take the README's pictures of the real pages: `python -m scripts.readme_pictures http://127.0.0.1:8000`.

Needs Chromium, the development packages, and the demo's server running at the address given.
"""

import json
import shutil
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"


def main(address: str) -> None:
    """Save one picture of the results on a desktop and one of a slide on a phone."""
    with urllib.request.urlopen(f"{address}/api/search?q={quote('kompetensförsörjning')}") as answer:
        slide = json.load(answer)["hits"][0]["url"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, width, height, path in (
            ("search", 1280, 860, f"/?q={quote('gruvnäring')}"),
            ("slide-phone", 360, 740, slide),
        ):
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(address + path, wait_until="networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
