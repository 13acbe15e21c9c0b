"""The controlled vocabulary of places."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.events.names import name_key
from archive.catalogue.mapping import to_region
from archive.catalogue.tables.events import RegionRow
from archive.model.events import Region


def all_regions(session: Session) -> tuple[Region, ...]:
    """Return all regions by code, so that broader places come before the narrower ones in them."""
    return tuple(to_region(row) for row in session.scalars(select(RegionRow).order_by(RegionRow.code)))


def find(session: Session, name_or_code: str) -> Region | None:
    """Return the region of this code, name or other name, whatever its case, or None.

    A name that two places share means the narrower one ("Stockholm": the county).
    """
    wanted = name_key(name_or_code)
    regions = all_regions(session)
    for region in regions:
        if name_key(region.code) == wanted:
            return region
    named = [
        region
        for region in regions
        if wanted in {name_key(name) for name in (region.name, *region.alternative_names)}
    ]
    return max(named, key=lambda region: len(region.code), default=None)


def with_broader(session: Session, codes: Iterable[str]) -> tuple[Region, ...]:
    """Return the regions of these codes and all broader ones, by code; unknown codes are left out."""
    by_code = {region.code: region for region in all_regions(session)}
    with_codes: dict[str, Region] = {}
    for code in codes:
        region = by_code.get(code)
        while region is not None and region.code not in with_codes:
            with_codes[region.code] = region
            region = by_code.get(region.broader or "")
    return tuple(with_codes[code] for code in sorted(with_codes))


def narrower_codes(session: Session, code: str) -> tuple[str, ...]:
    """Return a region's code and those of all regions in it."""
    codes = [code]
    for region in all_regions(session):  # by code, so each comes after the region it is part of
        if region.broader in codes:
            codes.append(region.code)
    return tuple(codes)
