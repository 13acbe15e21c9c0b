"""The demo: the sample seminar in an archive of its own, and the search page to find its slides.

`python -m scripts.demo --data DIR --port N` ingests and serves until Ctrl-C; `--check` does the same in a
temporary folder, looks at what is served, and ends with 0 when all is well.
"""

import argparse
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from urllib.parse import quote, urlsplit

from scripts.archive_command import ArchiveCommand, CommandError, free_port
from scripts.demo_check import check

SEMINAR = Path(__file__).parents[1] / "samples" / "seminar"
SUGGESTION = "gruvnäring"
ADMIN = "admin"


def demo(folder: Path, port: int) -> None:
    """Ingest the sample seminar into `folder` and serve it until the process is interrupted."""
    show(ArchiveCommand(folder), port, f"The sample seminar is in {folder}")


def show(archive: ArchiveCommand, port: int, told: str) -> None:
    """Ingest the sample seminar, say `told`, and serve until the process is interrupted."""
    began_at = time.monotonic()
    archive.ingest(SEMINAR)
    print(f"{told} ({time.monotonic() - began_at:.0f} s).")
    for part in archive.status()["missing_parts"]:
        print(f"Not installed: {part}. Slides of .pptx decks show as text cards until it is.")
    chosen = free_port(port)
    if chosen != port:
        print(f"Port {port} is busy; using {chosen}.")
    link = archive.admin_link(ADMIN)
    server = archive.serve(chosen)
    try:
        print(f"\nThe archive is at {server.address}")
        print(f"Search for example: {SUGGESTION}   {server.address}?q={quote(SUGGESTION)}")
        # By name: browsers make no passkeys for an address of numbers.
        staff = f"http://localhost:{urlsplit(server.address).port}"
        if link:
            print(f"For staff, choose a password (once): {staff}{link}")
        else:
            print(f"For staff: {staff}/sign-in   ({ADMIN})")
        print("Ctrl-C ends it.", flush=True)
        code = server.wait()
    finally:
        server.end()
    raise CommandError(f"`archive serve` ended by itself with {code}")


def main() -> int:
    """Run the demo or its check; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.demo", description="Try the archive.")
    parser.add_argument("--data", type=Path, default=Path("demo-data"), help="the demo's folder")
    parser.add_argument("--port", type=int, default=8000, help="the port to serve on, if free")
    parser.add_argument("--check", action="store_true", help="check the demo over HTTP and end")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        if arguments.check:
            return 0 if check(SEMINAR) else 1
        demo(arguments.data, arguments.port)
    except CommandError as error:
        print(f"demo: {error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        if arguments.check:  # what was not checked to its end is not well
            print("\ndemo: stopped.", file=sys.stderr)
            return 128 + signal.SIGINT
        print("\nThe demo has ended. Its archive stays in the data folder; `make demo` opens it again.")
    return 0


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
