"""Words that say nothing about what a page is about. They remain searchable in their surface form.

The lists are short and our own: function words only. Left out on purpose are those that also mean something
else: `it` (IT), `us` (US), `who` (WHO), `by` (Swedish for village), `may` (the month).
"""


def _list(text: str) -> frozenset[str]:
    return frozenset(text.split())


SWEDISH = _list(
    """
    och eller men samt utan som att om när då så än ej inte icke
    en ett den det de dem dess denna detta dessa vars vilken vilket vilka
    jag du han hon hen vi ni mig dig sig oss er min mitt mina din ditt dina sin sitt sina
    hans hennes vår vårt våra ert era deras man
    är var vara varit vore blir bli blev blivit har hade ha haft
    kan kunde ska skall skulle vill ville måste bör borde får fick
    i på av för till från med mot vid hos åt ur under över mellan genom inom kring efter före
    där här dit hit nu sedan också även bara mycket mer mest ju dock därför eftersom
    vad vem vilken hur varför något någon några ingen inget inga varje alla allt
    """
)
"""Swedish function words, auxiliary verbs among them."""

ENGLISH = _list(
    """
    a an the and or but nor if then than that this these those as
    of to in on at from with without for into onto about over under between through within
    is are was were be been being am has have had having do does did
    can could shall should will would might must
    i you he she we they me him her them my your his its our their
    not no so too also very just only there here when where why how what which whose
    """
)
"""English function words, auxiliary verbs among them."""

ENGLISH_PRONOUNS = _list("it us who")
"""In small letters hardly more than the words above, in an English text; in capitals IT, US and WHO."""
