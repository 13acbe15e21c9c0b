"""Questions that find something in this archive, to show how questions are put."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations

from archive.analysis.swedish import SwedishAnalyzer
from archive.catalogue.database.database import Database
from archive.index.engine import SearchEngine
from archive.index.schema import Facet, TextField
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.results import FacetChoice
from archive.search.service import SearchService

_WORDS_MAX = 6
_CHOICES_MAX = 3
_WORD_MIN_CHARS = 6
_BEGINNING_CHARS = 5
# A word on more of the slides than this says nothing of what they are about.
_SHARE_MAX = 0.3


@dataclass(frozen=True, slots=True)
class FieldNames:
    """How fields and OR are written in the language of a page."""

    either: str
    title: str
    speaker: str
    organisation: str
    region: str
    focus_area: str
    event: str
    year: str


SWEDISH = FieldNames("ELLER", "titel", "talare", "organisation", "region", "fokusområde", "seminarium", "år")
ENGLISH = FieldNames("OR", "title", "speaker", "organisation", "region", "focus", "event", "year")


class Examples:
    """Finds an example for each way to ask; one that finds nothing is never shown."""

    def __init__(
        self, database: Database, engine: SearchEngine, analyzer: SwedishAnalyzer, search: SearchService
    ) -> None:
        self._database = database
        self._engine = engine
        self._analyzer = analyzer
        self._search = search

    def find(self, names: FieldNames, visitor: Visibility) -> Mapping[str, str]:
        """Return questions by what they show; ways to ask for which there is none are left out."""
        found: dict[str, str] = {}
        for way, candidates in self._candidates(names, visitor).items():
            example = next((text for text in candidates if self._finds(text, visitor)), "")
            if example:
                found[way] = example
        return found

    def _finds(self, text: str, visitor: Visibility) -> bool:
        return self._search.total(Question(text), visitor) > 0

    def _candidates(self, names: FieldNames, visitor: Visibility) -> Mapping[str, Sequence[str]]:
        words = self._words(visitor)
        pairs = [*combinations(words, 2)]
        chosen = self._choices(visitor)
        years = sorted(choice.value for choice in chosen[Facet.YEAR])
        speakers = [_last_word(choice.label) for choice in chosen[Facet.SPEAKER]]

        def named(field: str, facet: Facet) -> list[str]:
            return [f"{field}:{_longest_word(choice.label)}" for choice in chosen[facet]]

        return {
            "word": words,
            "several": [f"{one} {other}" for one, other in pairs],
            "either": [f"{one} {names.either} {other}" for one, other in pairs],
            "without": [f"{one} -{other}" for one, other in pairs],
            "beginning": [f"{word[:_BEGINNING_CHARS]}*" for word in words],
            "group": [
                f"{one} ({other} {names.either} {third})" for one, other, third in combinations(words, 3)
            ],
            "phrase": [f'"{title}"' for title in self._titles(words, visitor)],
            "title": [f"{names.title}:{word}" for word in words],
            "speaker": [f"{names.speaker}:{name}" for name in speakers],
            "organisation": named(names.organisation, Facet.ORGANISATION),
            "region": named(names.region, Facet.REGION),
            "focus_area": named(names.focus_area, Facet.FOCUS_AREA),
            "event": named(names.event, Facet.EVENT),
            "year": [f"{names.year}:{year}" for year in reversed(years)],
            "years": [f"{names.year}:{years[0]}-{years[-1]}"] if len(years) > 1 else [],
            "combined": [f"{names.speaker}:{name} {word}" for name in speakers for word in words]
            + [f"{names.year}:{year} {word}" for year in years for word in words],
        }

    def _words(self, visitor: Visibility) -> list[str]:
        """Return the commonest words that say something, in surface form."""
        vocabulary = self._engine.vocabulary(visitor.rank)
        page_count = vocabulary.page_count()
        counted = (
            (count, word)
            for word, count in vocabulary.terms(TextField.EXACT)
            if len(word) >= _WORD_MIN_CHARS and word.isalpha() and count <= max(1, page_count * _SHARE_MAX)
        )
        lexicon = self._analyzer.lexicon
        common = nlargest(_WORDS_MAX * 10, counted)
        return [
            word for _, word in common if lexicon.lemma(word) == word and self._analyzer.query_terms(word)
        ][:_WORDS_MAX]

    def _titles(self, words: Sequence[str], visitor: Visibility) -> Iterator[str]:
        """Yield two words in a row from titles of slides."""
        for word in words[:_CHOICES_MAX]:
            page = self._search.search(Question(word), visitor)
            for group in page.groups[:_CHOICES_MAX]:
                for hit in group.best:
                    said = hit.title.split()[:2]
                    if len(said) > 1 and all(part.isalpha() and len(part) > 2 for part in said):
                        yield " ".join(said).lower()

    def _choices(self, visitor: Visibility) -> Mapping[Facet, Sequence[FacetChoice]]:
        facets = (
            Facet.SPEAKER,
            Facet.ORGANISATION,
            Facet.REGION,
            Facet.FOCUS_AREA,
            Facet.EVENT,
            Facet.YEAR,
        )
        with self._database.read() as session:
            everything = self._search.understand(session, Question(), visitor)
            return {facet: everything.facet_values(facet, _CHOICES_MAX) for facet in facets}


def _last_word(name: str) -> str:
    return name.split()[-1]


def _longest_word(name: str) -> str:
    return max(name.split(), key=len)
