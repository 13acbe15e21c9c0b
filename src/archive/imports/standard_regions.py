"""The vocabulary of regions as every archive has it from the start, for what is done without an archive."""

import tomllib
from importlib import resources

from archive.model.events import Region


def standard_regions() -> tuple[Region, ...]:
    """Return the regions of `regions.toml`, in its order."""
    data = resources.files("archive.catalogue").joinpath("regions.toml").read_text("utf-8")
    return tuple(
        Region(entry["code"], entry["name"], tuple(entry.get("alternative_names", ())), entry.get("broader"))
        for entry in tomllib.loads(data)["region"]
    )
