"""Of markup that is there in several forms, keep the one that a current PowerPoint shows."""

from archive.ingest.extractors.ooxml.markup import CX, DGM, MC, A, C, Element, M, P

# Choices name the extensions that they need; PowerPoint knows its maker's own.
_KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_PICTURED = (A + "t", M + "t", C + "chart", CX + "chart", DGM + "relIds")


def choose_alternates(root: Element) -> None:
    """Replace each `mc:AlternateContent` in the tree by the one of its branches that is shown.

    That is the first choice whose extensions are known, else the fallback (ECMA-376 part 3, 10); but one
    without words gives way to one with words. Handwriting is taken out.
    """
    for alternate in list(root.iter(MC + "AlternateContent")):
        parent = alternate.getparent()
        if parent is None:
            continue
        branches = [branch for branch in alternate.findall(MC + "Choice") if _is_known(branch)][:1]
        branches += alternate.findall(MC + "Fallback")[:1]
        branches += alternate.findall(MC + "Choice")[:1]
        chosen = next((branch for branch in branches if _has_words(branch)), None)
        if chosen is None:
            chosen = next((branch for branch in branches if len(branch)), None)
        for child in () if chosen is None else list(chosen):
            alternate.addprevious(
                child
            )  # by place in the parent's list it would take a step for each sibling
        parent.remove(alternate)
    for handwriting in list(root.iter(P + "contentPart")):
        handwriting.getparent().remove(handwriting)


def _is_known(choice: Element) -> bool:
    needed = choice.get("Requires", "").split()
    return all(str(choice.nsmap.get(prefix, "")).startswith(_KNOWN) for prefix in needed)


def _has_words(branch: Element) -> bool:
    return any(element.tag not in (A + "t", M + "t") or element.text for element in branch.iter(*_PICTURED))
