"""Take a picture of every page, wide and narrow, light and dark: `python -m scripts.shots http://127.0.0.1:8000`.

Needs Chromium, the development packages, and a server of an archive with content at the address given. The
pictures go to `shots/`, which is not kept in the repository. With words after the address, only pages whose
name holds one of them are taken.
"""

import re
import shutil
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parents[1] / "shots"
WIDTHS_PX = (360, 768, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PLAIN = {
    "start": "/",
    "results": "/?q={word}",
    "results-grid": "/?q={word}&view=slides",
    "no-results": "/?q=finnsinte",
    "take-hits": "/download?q={word}",
    "facet": "/filter/speaker?q={word}",
    "help": "/help",
    "events": "/e",
    "people": "/p",
    "organisations": "/o",
    "focus-areas": "/f",
    "regions": "/r",
    "reused": "/reuse",
    "basket-empty": "/basket",
    "about": "/about",
    "accessibility": "/accessibility",
    "privacy": "/privacy",
    "interface": "/api/",
    "not-found": "/missing",
    "english-start": "/en/",
}
# Pages with an identifier in their address: on which page, and behind which first link, one of them is found.
FOUND = {
    "event": ("/e", "/e/"),
    "person": ("/p", "/p/"),
    "organisation": ("/o", "/o/"),
    "focus-area": ("/f", "/f/"),
    "region": ("/r", "/r/SE.+"),
    "document": ("/?q={word}&kind=deck", "/d/[^/]+?(?=[?])"),
    "report": ("/?kind=report", "/d/[^/]+$"),
    "slide": ("/?q={word}&kind=deck", "/d/[^/]+/[0-9]+[?]"),
}

_ALL_PICTURES = """images => Promise.all(images.map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => {});
}))"""


def main(address: str, wanted: list[str], word: str = "industri") -> None:
    """Save the pictures as `<page>-<width>-<scheme>.png`."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path in _paths(browser, address, word).items():
            if not wanted or any(part in name for part in wanted):
                for scheme in SCHEMES:
                    _take(browser, address + path, name, scheme)
        browser.close()


def _paths(browser: Browser, address: str, word: str) -> dict[str, str]:
    page = browser.new_page()
    paths = {name: path.format(word=word) for name, path in PLAIN.items()}
    for name, (start, pattern) in FOUND.items():
        link = _first_link(page, address + start.format(word=word), pattern)
        if link:
            paths[name] = link
        else:
            print(f"No page of this kind in the archive: {name}")
    page.close()
    return paths


def _first_link(page: Page, address: str, pattern: str) -> str:
    page.goto(address)
    hrefs: list[str] = page.eval_on_selector_all("main a", "links => links.map(a => a.getAttribute('href'))")
    return next((href for href in hrefs if re.match(pattern, href)), "")


def _take(browser: Browser, address: str, name: str, scheme: Literal["light", "dark"]) -> None:
    for width_px in WIDTHS_PX:
        page = browser.new_page(viewport={"width": width_px, "height": 900}, color_scheme=scheme)
        page.goto(address, wait_until="networkidle")
        page.eval_on_selector_all("img", _ALL_PICTURES)  # also those nobody has scrolled to yet
        page.screenshot(path=FOLDER / f"{name}-{width_px}-{scheme}.png", full_page=True)
        page.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2:])
