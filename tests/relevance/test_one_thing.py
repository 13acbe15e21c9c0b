"""One thing is found and marked in whatever way it is written, and nothing else for it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from archive.highlight.matcher import Matcher
from archive.query.compile import compile_query
from archive.query.parser import parse_query
from archive.query.query_expansion import ExpansionKind
from archive.query.word_reader import read_words
from bench.relevance.product import Product
from bench.relevance.sets import Text
from tests.analysis.analyzers import ANALYZER

_ENGLISH = "The line of work is the management of personal data of parents in the system of the region."

SLIDES = {
    "it": "IT i regionen",
    "se": "Vi ser framåt och har sett mer på exempel.se",
    "las": "Turordning enligt LAS",
    "lade": "Styrelsen lade fram budgeten",
    "gods": "Mer gods på järnväg",
    "god": "God samverkan i länet",
    "e-arkiv": "Införande av e-arkiv",
    "eArkiv": "Tullverkets eArkiv",
    "joined": "17300 konton hos användare",
    "spaced": "17 300 konton hos elever",
    "apart": "17 deltagare fick 300 kronor",
    "co2": "Minskade CO₂-utsläpp",
    "styled": "Framtidens \U0001d5d4\U0001d5ff\U0001d5f8\U0001d5f6\U0001d603 och Ｍｕｓｅｕｍ",
    "iso": "Beslut 2021-05-04 i nämnden",
    "date": "Beslut den 4 maj 2021 i styrelsen",
    "slash": "Beslut 4/5 2021 i kommittén",
    "colon": "Samling kl. 10:10 i foajén",
    "stop": "Samling kl. 10.10 i salen",
    "genitive": "SKRs vägledning",
    "opensource": "Policy för opensource",
    "open source": "Policy om open source",
    "open-source": "Policy kring open-source",
    "parents": "Möte för föräldrar",
    "parentheses": "Parenteser i uttryck",
    "personal": "Vår personal lagrar data",
    "English": _ENGLISH,
    "name": "Anna Åström talar",
    "address": "Skriv till anna.astrom@exempel.se",
}

ASKED = {
    "IT": {"it": "IT"},
    "las": {"las": "LAS"},
    "lägger": {"lade": "lade"},
    "gods": {"gods": "gods"},
    "god": {"god": "God"},
    "earkiv": {"e-arkiv": "e-arkiv", "eArkiv": "eArkiv"},
    "e-arkiv": {"e-arkiv": "e-arkiv", "eArkiv": "eArkiv"},
    "eArkiv": {"e-arkiv": "e-arkiv", "eArkiv": "eArkiv"},
    "17300": {"joined": "17300", "spaced": "17 300"},
    "17 300": {"joined": "17300", "spaced": "17 300"},
    "CO2": {"co2": "CO₂"},
    "co₂": {"co2": "CO₂"},
    "arkiv museum": {"styled": "\U0001d5d4\U0001d5ff\U0001d5f8\U0001d5f6\U0001d603 Ｍｕｓｅｕｍ"},
    "4 maj 2021": {"iso": "2021-05-04", "date": "4 maj 2021", "slash": "4/5 2021"},
    "2021-05-04": {"iso": "2021-05-04", "date": "4 maj 2021", "slash": "4/5 2021"},
    "4/5 2021": {"iso": "2021-05-04", "date": "4 maj 2021", "slash": "4/5 2021"},
    "4 maj": {"iso": "2021-05-04", "date": "4 maj 2021", "slash": "4/5 2021"},
    "10.10": {"colon": "10:10", "stop": "10.10"},
    "10:10": {"colon": "10:10", "stop": "10.10"},
    "SKR": {"genitive": "SKRs"},
    "SKRs": {"genitive": "SKRs"},
    "opensource": {"opensource": "opensource", "open source": "open source", "open-source": "open source"},
    "open source": {"opensource": "opensource", "open source": "open source", "open-source": "open source"},
    "open-source": {"opensource": "opensource", "open source": "open source", "open-source": "open source"},
    "föräldrar": {"parents": "föräldrar", "English": "parents"},
    "astrom": {"name": "Åström", "address": "astrom"},
}


class _Found:
    def __init__(self, product: Product) -> None:
        self.product = product
        self.expander = product.expander

    def marks(self, question: str) -> Mapping[str, str]:
        """Return the slides that have all that was asked, each with its marked words."""
        query = parse_query(question)
        compiled = compile_query(query, read_words(query, ANALYZER, self.expander), notes=False)
        matcher = Matcher(compiled.strict, ANALYZER)
        found = self.product.meeting(compiled.strict, len(SLIDES))
        return {name: self._marked(matcher, name) for name in found}

    def _marked(self, matcher: Matcher, name: str) -> str:
        text = SLIDES[name]
        spans = matcher.spans(text, "en" if name == "English" else "sv")
        return " ".join(text[start:end] for start, end in spans)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Found]:
    texts = [Text(name, "", text, "en" if name == "English" else "sv") for name, text in SLIDES.items()]
    product = Product(texts, ANALYZER, tmp_path_factory.mktemp("one") / "index")
    yield _Found(product)
    product.close()


@pytest.mark.parametrize("question", ASKED)
def test_a_thing_is_found_and_marked_as_each_slide_writes_it(found: _Found, question: str) -> None:
    assert found.marks(question) == ASKED[question]


def test_a_translation_does_not_make_a_page_have_all_words(found: _Found) -> None:
    assert set(found.marks("föräldrar möte")) == {"parents"}
    assert set(found.marks("personuppgifter")) == {"English"}


@pytest.mark.parametrize(
    ("word", "meant", "other"),
    [
        ("öppen", "open", "frank"),
        ("standard", "standard", "klassisk"),
        ("myndighet", "authority", "majority"),
    ],
)
def test_a_translation_that_the_texts_do_not_support_is_left_out(
    word: str, meant: str, other: str, tmp_path: Path
) -> None:
    texts = [
        Text("sv", "", f"En {word} och {other} sak"),
        *(Text(f"en{number}", "", f"This is the {meant} of all", "en") for number in range(4)),
        Text("other", "", f"This is the {other} of all", "en"),
    ]
    product = Product(texts, ANALYZER, tmp_path / "index")
    alternatives = product.expander.alternatives(word)
    product.close()
    translated = [one.word for one in alternatives if one.kind is ExpansionKind.TRANSLATED]
    assert translated == ([] if meant == word else [meant])
