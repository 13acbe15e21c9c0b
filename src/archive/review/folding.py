"""Text without accents and case, as people write it in addresses of mail and in names of files."""

from archive.analysis.normalize import fold_accents

_SWEDISH_LETTERS = str.maketrans("åäö", "aao")


def folded(text: str) -> str:
    """Return a text in small letters without accents: "Löfvenhaft" → "lofvenhaft"."""
    return fold_accents(text.casefold()).translate(_SWEDISH_LETTERS)


def joined(text: str) -> str:
    """Return the letters and digits of a text alone, folded."""
    return "".join(character for character in folded(text) if character.isalnum())
