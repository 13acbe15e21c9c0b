"""Words that are derived from one another: `granska` and `granskning`, `innovation` and `innovativ`."""

from functools import lru_cache
from typing import Final

_ENDINGS: Final = (
    ("", "ning", "ing", "else"),
    ("", "er", "ering", "ation"),
    ("er", "ering", "ation", "atör", "ativ", "at", "ant", "ent"),
    ("er", "tion"),
    ("", "isk"),
    ("ik", "isk", "iker"),
    ("isk", "ism", "ist", "istisk"),
    ("", "al", "ell", "itet"),
    ("ell", "al", "alitet"),
    ("", "skap"),
    ("", "sam"),
    ("", "bar"),
    ("ion", "iv", "ör", "ionell"),
    ("", "r"),
    ("er", "r"),
)
"""Endings of main forms that may stand for each other. Left out are those that turn a meaning round (-lös) or
make another thing of it (`kommun`, `kommunism`). The last two are no derivations: `hinder`, `hindra`.
"""
_ROOT_MIN_CHARS = 4
_WORD_MIN_CHARS = 5


@lru_cache(maxsize=1 << 12)
def relatives(main_form: str) -> tuple[str, ...]:
    """Return the main forms that may be derived from the same root as this one, some sixty at most.

    Most of them are no words; whoever asks must know which are.
    """
    if len(main_form) < _WORD_MIN_CHARS or not main_form.isalpha():
        return ()
    found: dict[str, None] = {}
    for endings in _ENDINGS:
        for ending in endings:
            root = main_form.removesuffix(ending)
            if main_form.endswith(ending) and len(root) >= _ROOT_MIN_CHARS:
                found.update(dict.fromkeys(root + other for other in endings if other != ending))
    found.pop(main_form, None)
    return tuple(found)
