"""Web pages that a script shows: hidden bodies, slides in Markdown, and pages with nothing in the file."""

from archive.ingest.extractors.flowing.html import HtmlExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, Page
from tests.ingest.extractors.extraction import read, texts

HEAD = '<!doctype html><html><head><meta charset="utf-8"><title>Digital mognad</title></head>'
MARKDOWN = """
## Första bilden
Kommunernas **digitala** mognad

Note: Säg inget om konkursen
---
## Andra bilden
- Öppna [data](https://example.org/data) i praktiken
"""


def pages_of(body: str, outcome: Outcome = Outcome.OK) -> list[Page]:
    pages, finish = read(HtmlExtractor(), f"{HEAD}{body}</html>".encode())
    assert finish.category is outcome
    return pages


def words(pages: list[Page]) -> str:
    return "\n".join(block.text for page in pages for block in page.blocks)


def test_page_that_hides_itself_until_its_script_runs_is_read() -> None:
    article = "<article><h1>Historia</h1><p>Till klientkod</p></article>"
    pages = pages_of(f"<body style='display: none'>{article}</body>")
    assert "Till klientkod" in words(pages)


def test_part_that_is_hidden_stays_so_where_there_is_more_to_see() -> None:
    shown = "<p>Här står det som syns på sidan</p>"
    pages = pages_of(f"<body>{shown}<div style='display:none'>Kakor</div></body>")
    assert "Kakor" not in words(pages)


def test_page_with_all_of_it_in_a_hidden_part_is_read() -> None:
    pages = pages_of("<body><div id='app' hidden><p>Bredband till alla byar</p></div></body>")
    assert "Bredband till alla byar" in words(pages)


def test_slides_in_a_script_are_pages_and_what_the_speaker_says_is_notes() -> None:
    script = f'<section data-markdown><script type="text/template">{MARKDOWN}</script></section>'
    first, second = pages_of(f"<body><h1>Deck</h1><div class='reveal'>{script}</div></body>")[1:]
    assert (first.title, texts(first, BlockField.BODY)) == ("Första bilden", ["Kommunernas digitala mognad"])
    assert texts(first, BlockField.NOTES) == ["Säg inget om konkursen"]
    assert (second.title, texts(second, BlockField.BODY)) == ("Andra bilden", ["Öppna data i praktiken"])
    assert texts(second, BlockField.LINK) == ["https://example.org/data"]


def test_slides_of_remark_are_pages_without_their_settings() -> None:
    source = (
        "class: center\n\n# Första bilden\n\nMognad\n\n???\nSäg inget\n\n---\n\n# Andra bilden\n--\nÖppna"
    )
    pages = pages_of(f'<body><textarea id="source">{source}</textarea></body>')
    assert [page.title for page in pages[1:]] == ["Första bilden", "Andra bilden"]
    assert texts(pages[1], BlockField.BODY) == ["Mognad"]
    assert texts(pages[1], BlockField.NOTES) == ["Säg inget"]
    assert texts(pages[2], BlockField.BODY) == ["Öppna"]


def test_template_of_a_program_is_no_slide() -> None:
    script = '<script type="text/template">Hej {{namn}}, välkommen hit</script>'
    assert "namn" not in words(pages_of(f"<body><p>Här finns något att läsa</p>{script}</body>"))


def test_page_that_only_a_script_makes_says_so() -> None:
    page = f"{HEAD}<body><div id=app></div><script src=a.js></script></body>"
    pages, finish = read(HtmlExtractor(), page.encode())
    assert (finish.category, "print it to PDF" in finish.message) == (Outcome.OK_PARTIAL, True)
    assert words(pages) == "Digital mognad"


def test_page_without_words_or_scripts_says_nothing_of_scripts() -> None:
    assert words(pages_of("<body></body>")) == "Digital mognad"
