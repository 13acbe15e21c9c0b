"""Suggestions while a visitor types: people, organisations, places, focus areas, talks, frequent words."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from archive.analysis.tokenizer import surface, words
from archive.catalogue import changes, facet_labels, records
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.errors import Gone, NotFound
from archive.index.documents import Watermark
from archive.index.engine import SearchEngine
from archive.index.query import MatchAll
from archive.index.schema import Facet, TextField
from archive.index.search import Scope, SearchRequest
from archive.model.visibility import Visibility
from archive.search.refreshed import Refreshed
from archive.search.understood import visible_scope
from archive.search.written_forms import WrittenForms
from archive.visibility import may_see

SUGGESTIONS_MAX = 5
_OF_ONE_KIND_MAX = 2
_TYPED_MIN_CHARS = 2
_TYPED_MAX_CHARS = 60
_NAMES_OF_A_FACET_MAX = 5_000
_TITLES_MAX = 2_000
_LOOKED_AT_MAX = 400
_LOOKED_AT_AGAIN_MAX = 20
_TERM_MIN_CHARS = 3
_TERMS_MAX = 10


class SuggestionKind(StrEnum):
    """What a suggestion names."""

    SPEAKER = "speaker"
    ORGANISATION = "organisation"
    REGION = "region"
    FOCUS_AREA = "focus_area"
    TITLE = "title"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that begins as typed. `id` is that of the record; "" for a word."""

    kind: SuggestionKind
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class _Names:
    """All names that one kind of visitor could see at one time.

    `keys` are sorted: each name from each of its words on; `places` say which name it is, `counts` in
    how many talks it occurs.
    """

    keys: tuple[str, ...]
    places: tuple[int, ...]
    names: tuple[Suggestion, ...]
    counts: tuple[int, ...]


class Suggestions:
    """Suggests. Names are read anew after changes, and until then looked at again before they are shown.

    Safe to use from several threads.
    """

    def __init__(self, database: Database, engine: SearchEngine, forms: WrittenForms) -> None:
        self._database = database
        self._engine = engine
        self._forms = forms
        self._refreshed = Refreshed(self._names, self._state)

    def suggest(self, typed: str, visitor: Visibility) -> tuple[Suggestion, ...]:
        """Return at most five suggestions that begin as typed, from what the visitor may see."""
        wanted = _key(typed[:_TYPED_MAX_CHARS])
        if len(wanted) < _TYPED_MIN_CHARS:
            return ()
        state = self._state()
        made = self._refreshed.get(visitor)
        with self._database.read() as session:
            hidden = visible_scope(self._engine, session, visitor).masked
            matching = _of_all_kinds(_beginning(made.value, wanted)) if made else iter(())
            # What was read before the last change may have been hidden by it.
            visible = (
                suggestion
                for suggestion in islice(matching, _LOOKED_AT_AGAIN_MAX)
                if made and (made.state == state or _is_visible(session, suggestion, visitor, hidden))
            )
            suggestions = list(islice(visible, SUGGESTIONS_MAX))
        if len(suggestions) < SUGGESTIONS_MAX and " " not in wanted and len(wanted) >= _TERM_MIN_CHARS:
            seen = {_key(suggestion.text) for suggestion in suggestions}
            suggestions += self._terms(wanted, seen, visitor, hidden)
        return tuple(suggestions[:SUGGESTIONS_MAX])

    def _terms(
        self, wanted: str, seen: set[str], visitor: Visibility, hidden: frozenset[str]
    ) -> list[Suggestion]:
        """Return words that begin as typed, without those that OCR alone has read, and once."""
        terms = self._engine.suggest(wanted, TextField.EXACT, visitor.rank, _TERMS_MAX, hidden)
        said = (term for term in terms if term not in seen and self._forms.is_said(term, visitor))
        return [Suggestion(SuggestionKind.TERM, term) for term in islice(said, SUGGESTIONS_MAX)]

    def warm(self, visitor: Visibility) -> None:
        """Begin to read the names that a visitor may see, so that the first suggestion need not wait."""
        self._refreshed.warm(visitor)

    def close(self) -> None:
        """Wait until no thread of ours reads the archive any more."""
        self._refreshed.close()

    def _state(self) -> tuple[int, Watermark | None]:
        with self._database.read() as session:
            return changes.last_seq(session), self._engine.watermark()

    def _names(self, visitor: Visibility) -> _Names:
        with self._database.read() as session:
            return self._read(session, visible_scope(self._engine, session, visitor))

    def _read(self, session: Session, scope: Scope) -> _Names:
        facets = (Facet.SPEAKER, Facet.ORGANISATION, Facet.REGION, Facet.FOCUS_AREA)
        answer = self._engine.search(
            SearchRequest(MatchAll(), scope, limit=0, facets=facets, facet_limit=_NAMES_OF_A_FACET_MAX)
        )
        counted: list[tuple[Suggestion, int]] = []
        for facet in facets:
            groups = {count.value: count.groups for count in answer.facets.get(facet, ())}
            labels = facet_labels.labels(session, {facet.value: sorted(groups)})[facet.value]
            counted += [
                (Suggestion(SuggestionKind(facet.value), name, value), groups[value])
                for value, name in labels.items()
            ]
        latest = records.latest_ids(session, scope.max_rank, _TITLES_MAX)
        for record in records.records(session, latest).values():
            counted.append((Suggestion(SuggestionKind.TITLE, record.title, record.document.id), 1))
        keyed = sorted((key, at) for at, (name, _) in enumerate(counted) for key in _word_starts(name.text))
        return _Names(
            tuple(key for key, _ in keyed),
            tuple(at for _, at in keyed),
            tuple(name for name, _ in counted),
            tuple(count for _, count in counted),
        )


def _is_visible(
    session: Session, suggestion: Suggestion, visitor: Visibility, hidden: frozenset[str]
) -> bool:
    """Return whether a visitor may see what a suggestion names at this moment."""
    if suggestion.kind is not SuggestionKind.TITLE:
        label = facet_labels.visible_label(session, suggestion.kind.value, suggestion.id, visitor.rank)
        return label == suggestion.text
    try:
        record = records.record(session, suggestion.id)
    except (NotFound, Gone):
        return False
    is_hidden = suggestion.id in hidden or not may_see(visitor, record.rank)
    return not is_hidden and record.title == suggestion.text


def _beginning(names: _Names, wanted: str) -> Iterator[Suggestion]:
    """Yield the names in which a word begins as typed: those of most talks first, then by their letters."""
    first = bisect_left(names.keys, wanted)
    places: dict[int, None] = {}
    for at in range(first, min(first + _LOOKED_AT_MAX, len(names.keys))):
        if not names.keys[at].startswith(wanted):
            break
        places[names.places[at]] = None
    for place in sorted(places, key=lambda place: (-names.counts[place], names.names[place].text)):
        yield names.names[place]


def _of_all_kinds(suggestions: Iterator[Suggestion]) -> Iterator[Suggestion]:
    """Yield at most two of a kind first, then the rest; each text once."""
    rest: list[Suggestion] = []
    seen: set[str] = set()
    counts: dict[SuggestionKind, int] = {}
    for suggestion in suggestions:
        if suggestion.text in seen:
            continue
        seen.add(suggestion.text)
        counts[suggestion.kind] = counts.get(suggestion.kind, 0) + 1
        if counts[suggestion.kind] > _OF_ONE_KIND_MAX:
            rest.append(suggestion)
        else:
            yield suggestion
    yield from rest


def _word_starts(name: str) -> Iterator[str]:
    key = _key(name)
    yield key
    for _, start, _ in words(key):
        if start:
            yield key[start:]


def _key(text: str) -> str:
    """Return a text in lowercase with single spaces, as words are compared."""
    return " ".join(surface(word) for word in text.split())
