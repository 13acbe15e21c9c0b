"""What some questions compile to, written down so that no rebuilding changes it unseen.

`python -m tests.query.golden` writes `golden.txt` again, for a change that is meant.
"""

from pathlib import Path

from archive.index.query import (
    AllOf,
    AnyOf,
    BestOf,
    FacetFilter,
    MatchAll,
    NoneOf,
    Query,
    Term,
    TermPhrase,
    TermPrefix,
)
from archive.query.query_expansion import Expander
from tests.analysis.analyzers import ANALYZER
from tests.query.compiling import compiled
from tests.query.vocabularies import Words

FILE = Path(__file__).with_suffix(".txt")

QUESTIONS = (
    "",
    "??",
    "region",
    "och",
    "den år:2019",
    "Regionerna och den",
    "tågtrafik",
    "naringsliv",
    "gora",
    "a",
    "kompetens försörjning",
    "kompetens och försörjning skola",
    "labour market policy",
    "granska upphandling",
    '"smarta regioner"',
    '"vi tar klimatet på allvar"',
    'hamnen "grön omställning" malm -skola',
    "smart-grid",
    "kompetens*",
    "naringsliv-gri*",
    "talare:Anna klimat",
    'org:"Region Dalarna"',
    "län:Dal* kommun region",
    "titel:naringsliv",
    'titel:"vägen framåt"',
    "notes:budget",
    "notes:och",
    "anteckningar:bud* klimat",
    "-naringsliv",
    "klimat -(naringsliv OR region)",
    "(klimat OR talare:anna) (region OR talare:bo)",
    "(klimat region) OR (skola vård)",
    "klimat AND region",
    "klimat OR region år:2019-2021 typ:rapport",
    "kompetens (a OR b) försörjning",
)
_VOCABULARY = (
    "kompetensförsörjning näringsliv granskning granskningen arbetsmarknad göra region klimat skola",
    "the competence of regions climate schools the industry",
)


def golden() -> str:
    """Return what the questions compile to, for visitors and for staff."""
    expander = Expander(ANALYZER, ANALYZER.lexicon, Words(*_VOCABULARY))
    return "\n".join(_shown(question, notes, expander) for question in QUESTIONS for notes in (False, True))


def _shown(question: str, notes: bool, expander: Expander) -> str:
    meant = compiled(question, notes, expander)
    lines = [f"# {question}{' (staff)' if notes else ''}", f"strict  {_line(meant.strict)}"]
    lines += [f"relaxed {_line(meant.relaxed.query)}"] if meant.relaxed else []
    lines += [f"loose   {_line(meant.loose.query)}"] if meant.loose else []
    lines += [f"added   {one.typed} → {one.added} ({one.kind.value})" for one in meant.widened]
    return "\n".join([*lines, ""])


def _line(query: Query) -> str:
    match query:
        case AllOf(children):
            return f"all({_lines(children)})"
        case AnyOf(children, power):
            return f"any{'' if power == 1 else power}({_lines(children)})"
        case BestOf(children):
            return f"best({_lines(children)})"
        case NoneOf(child):
            return f"not({_line(child)})"
    return _leaf(query)


def _lines(queries: tuple[Query, ...]) -> str:
    return " ".join(map(_line, queries))


def _leaf(query: Query) -> str:
    match query:
        case Term(field, term, boost):
            return f"{field.value}:{term}^{boost:g}"
        case TermPhrase(field, terms, boost):
            return f'{field.value}:"{" ".join(terms)}"^{boost:g}'
        case TermPrefix(field, prefix, boost):
            return f"{field.value}:{prefix}*^{boost:g}"
        case FacetFilter(facet, values):
            return f"{facet.value}={'|'.join(values)}"
    return "everything" if query == MatchAll() else "nothing"


if __name__ == "__main__":
    FILE.write_text(golden(), "utf-8")
