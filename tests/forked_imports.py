"""What the process that commands are forked from has made ready: modules, and what is read once a process.

The readers of files are for the servers that are forked from a command; a cluster's engine is imported where
it is asked for.
"""

import gc
import importlib
import pkgutil
from pathlib import Path
from tempfile import TemporaryDirectory

import archive
import tests.forked  # noqa: F401
from archive.analysis.language import detect_language
from archive.app import open_archive
from archive.ingest.extractors import registry
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.shared_statements import share_statements

_ELSEWHERE = ("archive.ingest.extractors", "archive.catalogue.migrations", "archive.index.opensearch")

for _module in pkgutil.walk_packages(archive.__path__, "archive."):
    if not _module.name.startswith(_ELSEWHERE) and not _module.name.endswith("__main__"):
        importlib.import_module(_module.name)

share_statements()
registry.preload()
detect_language("Vindkraften i Gävleborg har vuxit, och elnätet räcker inte till.", "")
with TemporaryDirectory() as _folder, open_archive(Settings(data=Path(_folder) / "data")) as _archive:
    create_app(_archive)
del _archive

# A look for garbage writes to every object: a forked process would copy them all.
gc.collect()
gc.freeze()
