"""What the process that commands are forked from has imported: the command line and all below it."""

import gc

import archive.imports.opening
import archive.ingest.jobs.extract
import archive.web.factory  # noqa: F401
import tests.forked  # noqa: F401
from archive.cli.main import COMMANDS, load

for _name in COMMANDS:
    load(_name)

# A look for garbage writes to every object: a forked process would copy them all.
gc.collect()
gc.freeze()
