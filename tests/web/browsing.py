"""Chromium for the tests of the pages, and a window of each size."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A window's empty first page and the site it then shows share a process.
    "--renderer-process-limit=1",
]
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1440, "height": 900}}
TIMEOUT_MS = 120_000  # only a hang lasts so long: a busy machine is no fault of the pages


@pytest.fixture(scope="session")
def running_chromium() -> Iterator[Browser]:
    """One Chromium for all tests of this process: a start of it is half a second of processing."""
    # The shell is the same engine without windows: it takes a fourth of the processor time for a page.
    executable = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if executable is None:
        pytest.skip("Chromium is not installed")
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS, env=_environment())
        yield browser
        browser.close()


def _environment() -> dict[str, str | float | bool]:
    """Return Chromium's: in a locale of seven bits it finds no file with a letter of eight in its name."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


@pytest.fixture(scope="module")
def chromium(running_chromium: Browser) -> Iterator[Browser]:
    """Chromium without a window left by an earlier file, whose scripts would go on."""
    yield running_chromium
    for context in running_chromium.contexts:
        context.close()


@pytest.fixture(params=list(SIZES))
def page(chromium: Browser, live: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window of one size; what it says on its console must stay empty."""
    size = SIZES[request.param]
    context = chromium.new_context(
        viewport={"width": size["width"], "height": size["height"]}, base_url=live, accept_downloads=True
    )
    context.set_default_timeout(TIMEOUT_MS)
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == [], said


def said(page: Page, words: str) -> Locator:
    """Return the message of a page, as it is read out, that has these words."""
    return page.get_by_role("main").get_by_role("status").filter(has_text=words)


def steps_done(row: Locator, words: str = "") -> Locator:
    """Return the steps of a file, in its row, that are ticked off and have these words."""
    return row.get_by_role("listitem").filter(has_text=f"✓ {words}")
