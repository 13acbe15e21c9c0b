"""Tests ask pages for what a person or a screen reader has: roles, names and words, not CSS classes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import archive

TESTS = Path(__file__).parent
WEB = Path(archive.__file__).parent / "web"
TAGS = (
    "a abbr article aside b bdi body button caption cite code dd del details div dl dt em fieldset "
    "figure footer form h1 h2 h3 h4 header hr i img input ins kbd label legend li link main mark nav ol "
    "option p pre q rect s section select small span strong sub summary sup svg table tbody td textarea "
    "tfoot th thead time tr ul"
)
# What classes are asked for by any name: in a tree, and by the scripts that a browser is given.
BY_CLASS = re.compile(r"@class\b|\bclassName\b|\bclassList\b|\bgetElementsByClassName\b|\[class\b|^class=")
IN_CODE = re.compile(r"""\bfind_class\b|\bto_have_class\b|\bget(?:_attribute)?\("class"[,)]""")
# A published interface (https://unapi.info): programs find the identifiers of a page by this class.
MICROFORMAT = "@class='unapi-id'"
LEFT = {
    # It renames the classes of a page of others, to see that no reading hangs on them.
    "imports/reading/variants/markup.py": {'get("class")'},
    # It widens the words of documents, and leaves alone what the look keeps on one line, as counts and years.
    "web/browser/test_narrow.py": {".crumbs", ".order", ".step", ".nowrap", ".count", ".years"},
}


def _classes() -> frozenset[str]:
    """Return the classes that the stylesheets and templates name."""
    found: set[str] = set()
    for sheet in WEB.rglob("*.css"):
        found |= set(re.findall(r"\.([a-z_][\w-]*)", sheet.read_text("utf-8")))
    for template in WEB.rglob("*.html"):
        for names in re.findall(r'\bclass="([^"]*)"', template.read_text("utf-8")):
            found |= set(re.sub(r"\{[{%].*?[}%]\}", " ", names).split())
    return frozenset(found)


CLASSES = _classes()
# A class of the pages, of an element or of any, where a selector can stand in a text.
SELECTOR = re.compile(
    rf"(?:^|[\s>+~,(\"'`])(?:{'|'.join(TAGS.split())})?(?:\[[^]]*\]|#[\w-]+|:[\w-]+(?:\([^)]*\))?)*"
    r"(\.[a-zA-Z_][\w-]*)"
)


def _texts(source: str) -> Iterator[str]:
    """Yield the texts in a source, but for those that say what a part of it is for."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def by_class(source: str) -> set[str]:
    """Return how a source asks for elements by their classes."""
    found = set(IN_CODE.findall(source))
    for text in _texts(source):
        found |= set(BY_CLASS.findall(text.replace(MICROFORMAT, "")))
        found |= {name for name in SELECTOR.findall(text) if name[1:] in CLASSES}
    return found


def test_no_test_asks_a_page_for_a_css_class() -> None:
    asked = {}
    for file in sorted(TESTS.rglob("*.py")):
        path = file.relative_to(TESTS).as_posix()
        found = set() if file == Path(__file__) else by_class(file.read_text("utf-8"))
        if found or path in LEFT:
            asked[path] = found
    assert asked == LEFT


@pytest.mark.parametrize(
    "source",
    [
        """page.xpath("//li[@class='row']")""",
        """page.xpath(f"//li[contains(@class, '{name}')]")""",
        """page.find_class("row")""",
        """page.cssselect("form.facts-form")""",
        """page.cssselect(".rows li")""",
        """page.locator("main .done")""",
        """page.locator("[class*=notice] a")""",
        """page.locator("[data-local] .row")""",
        """page.locator("button:visible, .chip:visible")""",
        """page.locator("li:nth-child(2).row")""",
        """FORM = "form.record-form\"""",
        """member.tab_to(f"a.hit-slide[href*='/{number}?']")""",
        """page.wait_for_function("() => !document.querySelector('.drop-lead').hidden")""",
        """page.evaluate("document.activeElement.className")""",
        """row.get("class")""",
        """[one for one in page.forms if "facts-form" in one.get("class", "")]""",
        """assert 'class="notice"' in answer.text""",
    ],
)
def test_what_asks_for_a_class_is_seen(source: str) -> None:
    assert by_class(source)


@pytest.mark.parametrize(
    "source",
    [
        """page.xpath("//abbr[@class='unapi-id']/@title")""",
        """page.locator("section[aria-labelledby=text] mark")""",
        """page.get_by_role("list", name="Valda filter").get_by_text("skog.txt")""",
        """url_for("documents.document")""",
        """page.evaluate("one.getClientRects().length")""",
    ],
)
def test_roles_names_and_words_may_be_asked_for(source: str) -> None:
    assert not by_class(source)
