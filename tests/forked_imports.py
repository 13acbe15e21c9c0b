"""What the process that commands are forked from has made ready: modules, and what is read once a process.

Extractors are imported by the confined child alone, and a cluster's engine where it is asked for.
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
from archive.settings.settings import Settings
from archive.web.factory import create_app

_ELSEWHERE = ("archive.ingest.extractors", "archive.catalogue.migrations", "archive.index.opensearch")

for _module in pkgutil.walk_packages(archive.__path__, "archive."):
    if not _module.name.startswith(_ELSEWHERE) and not _module.name.endswith("__main__"):
        importlib.import_module(_module.name)

detect_language("Vindkraften i Gävleborg har vuxit, och elnätet räcker inte till.", "")
with TemporaryDirectory() as _folder, open_archive(Settings(data=Path(_folder) / "data")) as _archive:
    create_app(_archive)
del _archive

# A look for garbage writes to every object: a forked process would copy them all.
gc.collect()
gc.freeze()
