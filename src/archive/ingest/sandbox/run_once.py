"""The process that `spawning.FreshSandbox` starts for one file.

Run as `python -I -m archive.ingest.sandbox.run_once PIPE REGISTRY [FOLDER …]`, the document as its input, the
answer as standard output. The request comes through the pipe of that number: every user of the machine can
read a command line, and a request may have the password of a locked file.
"""

import os
import sys

from archive.ingest.sandbox import child
from archive.ingest.sandbox.base import decode_request


def main() -> None:
    """Read the document on standard input as the request says, and exit."""
    with os.fdopen(int(sys.argv[1]), "rb") as pipe:
        request, limits = decode_request(pipe.read())
    child.settle(0, 1)
    registry = child.import_registry(sys.argv[2], sys.argv[3:])
    code = child.run(registry, request, limits)
    # No clean-up: a parser that was confused by a hostile file has nothing to say any more.
    os._exit(code)


if __name__ == "__main__":
    main()
