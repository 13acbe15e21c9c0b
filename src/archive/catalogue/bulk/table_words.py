"""What stands in a table for regions and focus areas, and what is meant by it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.events.names import name_key
from archive.catalogue.events.regions import all_regions
from archive.catalogue.tables.events import FocusAreaRow

SEPARATOR = " | "
_PARTS = re.compile(r"[|\n]")
_OTHER_PARTS = re.compile("[,;]")


class Words:
    """The names of one kind of record: each is called by its name, by its code where that is not its own."""

    def __init__(self, names: Mapping[str, str], others: Mapping[str, str]) -> None:
        """Take names by code, and codes by other names (keys) that are understood."""
        self._code_of = {**others, **{name_key(code): code for code in names}}
        self._names = {
            code: name if self._code_of.get(name_key(name)) == code and not _PARTS.search(name) else code
            for code, name in names.items()
        }

    def listed(self, codes: Iterable[str]) -> str:
        """Return what stands in a cell for records."""
        return SEPARATOR.join(self._names.get(code, code) for code in codes)

    def meant(self, cell: str) -> Sequence[str] | None:
        """Return the codes of what is listed in a cell, each once; None where one of them is not known."""
        found: list[str] = []
        for part in filter(str.strip, _PARTS.split(cell)):
            whole = self._code_of.get(name_key(part))
            few = [part] if whole else list(filter(str.strip, _OTHER_PARTS.split(part)))
            codes = [self._code_of.get(name_key(one)) for one in few]
            if not all(codes):
                return None
            found += [code for code in codes if code]
        return list(dict.fromkeys(found))


def region_words(session: Session) -> Words:
    """Return what regions are called; a name that two share means the narrower one."""
    regions = sorted(all_regions(session), key=lambda region: len(region.code))
    others = {
        name_key(name): region.code for region in regions for name in (*region.alternative_names, region.name)
    }
    return Words({region.code: region.name for region in regions}, others)


def focus_area_words(session: Session) -> Words:
    """Return what focus areas are called; those that share a title are called by their identifiers."""
    titles = dict(session.execute(select(FocusAreaRow.id, FocusAreaRow.title)).all())
    counts = Counter(name_key(title) for title in titles.values())
    own = {name_key(title): one for one, title in titles.items() if counts[name_key(title)] == 1}
    return Words(titles, own)
