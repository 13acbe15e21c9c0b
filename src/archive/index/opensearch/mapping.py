"""What an index is made with: its fields, how they are analysed, and how they are weighed.

Every text field is there three times: `t_…` weighs words (BM25 over whole-number weights), `w_…` is the list
of them (counting, beginnings), and `p_…` has them in order where phrases are asked for.
"""

from typing import Any, Final

from archive.index.opensearch.terms import GAP, SCALE, STACK_MAX_CHARS
from archive.index.schema import POSITIONAL, Facet, TextField
from archive.settings.opensearch import OpenSearchSettings

LAYOUT: Final = 2
"""Raised when anything here, or what is written into it, changes: older indexes are made anew then."""
K1: Final = 0.9
"""BM25 term saturation, as the embedded engine has it. Short slides want less than the usual 1.2."""
B: Final = 0.75
"""BM25 length normalisation, as the embedded engine has it."""
WINDOW: Final = 1_000_000
"""How far down results are paged."""

_TOKENIZER_MAX_CHARS: Final = 8_191
assert STACK_MAX_CHARS < _TOKENIZER_MAX_CHARS


def weights_of(field: TextField) -> str:
    """Return the name of the field that weighs words."""
    return f"t_{field.value}"


def words_of(field: TextField) -> str:
    """Return the name of the field that lists words."""
    return f"w_{field.value}"


def order_of(field: TextField) -> str:
    """Return the name of the field that has words in their order."""
    return f"p_{field.value}"


def values_of(facet: Facet) -> str:
    """Return the name of a facet's field."""
    return f"f_{facet.value}"


_ANALYSIS: Final[dict[str, Any]] = {
    "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": _TOKENIZER_MAX_CHARS}},
    "filter": {
        "weights": {"type": "delimited_term_freq", "delimiter": "|"},
        "stacks": {"type": "pattern_capture", "preserve_original": False, "patterns": ["([^|]+)"]},
        "gaps": {"type": "stop", "stopwords": [GAP]},
    },
    "analyzer": {
        "weighted": {"type": "custom", "tokenizer": "blanks", "filter": ["weights"]},
        "stacked": {"type": "custom", "tokenizer": "blanks", "filter": ["stacks", "gaps"]},
        "plain": {"type": "custom", "tokenizer": "blanks"},
    },
}
_SIMILARITY: Final[dict[str, Any]] = {
    "weighted": {"type": "BM25", "k1": K1 * SCALE, "b": B},
    "ordered": {"type": "BM25", "k1": K1, "b": B},
    # A word that is there scores its idf and nothing else: that is how it is read (`statistics.py`).
    "idf": {"type": "BM25", "k1": 0.0, "b": 0.0},
}


def index_body(settings: OpenSearchSettings) -> dict[str, Any]:
    """Return what a new index is made with."""
    return {
        "settings": {
            "number_of_shards": settings.shards,
            "number_of_replicas": settings.replicas,
            # What is written shows when the writer says so, all of a batch at once.
            "refresh_interval": "-1",
            "max_result_window": WINDOW,
            "analysis": _ANALYSIS,
            "similarity": _SIMILARITY,
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {},
            # Words are derived from the catalogue; what is read back of a page is in columns.
            "_source": {"includes": ["state"]},
            "_routing": {"required": False},
            "properties": _properties(),
        },
    }


def _properties() -> dict[str, Any]:
    text = {"type": "text", "search_analyzer": "plain"}
    fields: dict[str, Any] = {
        "document": {"type": "keyword"},
        "group": {"type": "keyword"},
        "number": {"type": "integer"},
        "rank": {"type": "short"},
        "date": {"type": "integer"},
        "is_dated": {"type": "byte"},
        "title": {"type": "keyword"},
        "group_order": {"type": "keyword"},
        "order": {"type": "keyword"},
        "group_place": {"type": "keyword"},
        "gone_at": {"type": "date", "format": "epoch_second"},
        "state": {"type": "object", "enabled": False},
    }
    for facet in Facet:
        fields[values_of(facet)] = {"type": "keyword"}
    for field in TextField:
        weights = {"analyzer": "weighted", "similarity": "weighted", "index_options": "freqs"}
        fields[weights_of(field)] = {**text, **weights}
        fields[words_of(field)] = {"type": "keyword", "similarity": "idf", "use_similarity": True}
        if field in POSITIONAL:
            fields[order_of(field)] = {**text, "analyzer": "stacked", "similarity": "ordered"}
    return fields
