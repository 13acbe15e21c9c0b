"""The process that `spawning.FreshSandbox` starts for one file.

Run as `python -I -m archive.ingest.sandbox.run_once REQUEST REGISTRY [FOLDER …]`, the document as its input,
the answer as standard output.
"""

import os
import sys

from archive.ingest.sandbox import child
from archive.ingest.sandbox.base import decode_request


def main() -> None:
    """Read the document on standard input as the command line says, and exit."""
    child.settle(0, 1)
    registry = child.import_registry(sys.argv[2], sys.argv[3:])
    code = child.run(registry, *decode_request(sys.argv[1].encode()))
    # No clean-up: a parser that was confused by a hostile file has nothing to say any more.
    os._exit(code)


if __name__ == "__main__":
    main()
