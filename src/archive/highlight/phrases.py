"""Where phrases occur in a text: their words one after the other, whatever stands between them."""

from collections.abc import Iterator

from archive.analysis.tokenizer import folded, surface, words


def phrase_runs(text: str, phrase: tuple[str, ...]) -> Iterator[list[tuple[str, int, int]]]:
    """Yield the words of a phrase, each with its start and end, for each time that it occurs."""
    low = folded(text)
    if low is not None and not all(form in low for form in phrase):
        return
    places = list(words(text))
    forms = [surface(word) for word, _, _ in places]
    for first in _places(forms, phrase):
        yield places[first : first + len(phrase)]


def _places(forms: list[str], phrase: tuple[str, ...]) -> Iterator[int]:
    wanted = list(phrase)
    at = -1
    while True:
        try:
            at = forms.index(wanted[0], at + 1)
        except ValueError:
            return
        if forms[at : at + len(wanted)] == wanted:
            yield at
