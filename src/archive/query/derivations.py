"""Words derived from one another: `granska` and `granskning`. They are other words, and may be meant, too."""

from functools import lru_cache
from typing import Final

_ENDINGS: Final = (
    ("a", "ning", "ing", "else", "an", "are", "bar"),
    ("era", "ering", "ation", "atör", "ativ", "at", "ant", "ent"),
    ("era", "tion", "ent"),
    ("", "a", "isera", "era"),
    ("e", "a"),
    ("", "isk"),
    ("ik", "isk", "iker"),
    ("isk", "ism", "ist", "istisk"),
    ("", "al", "ell", "itet"),
    ("ell", "al", "alitet"),
    ("", "skap"),
    ("", "sam"),
    ("", "het"),
    ("ion", "iv", "ör", "ionell"),
    ("er", "ra"),
)
"""Endings of main forms that may stand for each other. Left out are those that turn a meaning round (-lös) or
make another thing of it (`kommun`, `kommunism`).
"""
_ROOT_MIN_CHARS = 4
_DERIVED_MIN_CHARS = 4


@lru_cache(maxsize=1 << 12)
def derived_forms(main_form: str) -> tuple[str, ...]:
    """Return the main forms that may be derived from the same root as this one, some sixty at most.

    Most of them are no words: ask a vocabulary which are.
    """
    if len(main_form) < _DERIVED_MIN_CHARS or not main_form.isalpha():
        return ()
    forms: dict[str, None] = {}
    for endings in _ENDINGS:
        for ending in endings:
            root = main_form.removesuffix(ending)
            if main_form.endswith(ending) and len(root) >= _ROOT_MIN_CHARS:
                forms.update(dict.fromkeys(root + other for other in endings if other != ending))
    forms.pop(main_form, None)
    return tuple(forms)
