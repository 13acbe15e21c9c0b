"""The `archive` command: finds subcommands, and prints an error as one line on stderr."""

import gc
import importlib
import io
import os
import signal
import sys
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click

from archive.cli import language
from archive.cli.echo import echo
from archive.cli.language import explained, text, translated
from archive.cli.stopping import stopping_with
from archive.errors import ArchiveError, InputError

COMMANDS = (
    *("ingest", "list", "search", "explain", "extract", "show", "cite"),
    *("hide", "unhide", "withdraw", "restore", "original", "publish", "unpublish"),
    "import",
    *("event", "talk", "focus-area", "document", "person", "organisation"),
    *("queue", "reuse", "bulk", "history", "undo"),
    "basket",
    *(
        "status",
        "parts",
        "jobs",
        "outcomes",
        "retry",
        "rebuild",
        "migrate",
        "export",
        "verify",
        "backup",
        "erase",
    ),
    *("serve", "worker", "indexer", "user", "analyze", "lexicon"),
)

# Commands that do not have a module of their own.
_SHARED_MODULES = {
    **{name: ("documents.taking_out", name) for name in ("hide", "unhide", "withdraw")},
    **{name: (f"backups.{name}", "command") for name in ("backup", "restore")},
    **{name: ("documents.publishing", name) for name in ("publish", "unpublish", "original")},
    **{name: (f"processes.{name}", "command") for name in ("worker", "indexer")},
    "list": ("documents.listing", "list_command"),
    **{name: (f"{name}.command", "command") for name in ("bulk", "jobs")},
    "queue": ("documents.queue", "queue"),
    "reuse": ("documents.reuse", "command"),
    "basket": ("documents.basket", "command"),
    "import": ("imports.command", "command"),
    "cite": ("citing.command", "command"),
    **{name: (f"journal.{name}", "command") for name in ("history", "undo")},
    **{name: (f"moving.{name}", "command") for name in ("migrate", "export")},
    "erase": ("erasing.person", "erase"),
    **{name: (f"installation.{name}", "command") for name in ("parts", "lexicon")},
    **{name: ("names.groups", name) for name in ("person", "organisation")},
    **{
        name: ("records.groups", name.replace("-", "_"))
        for name in ("event", "talk", "focus-area", "document")
    },
}


_GARBAGE_AFTER_OBJECTS = 10_000
"""By itself Python looks for garbage each 700 objects: a tenth of a start, which leaves nothing behind."""


class _Terminated(BaseException):
    """SIGTERM has come. Not an Exception: no code on the way to the end of the command may catch it."""


class LazyCommands(click.Group):
    """Imports the module of a subcommand when it is called, so that `--help` is quick."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the subcommand; turn Ctrl-C into Abort, for which click adds no empty line."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.Abort from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand; of a misspelt one say which was meant, as click does of commands it has."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(
                error.command_name, possibilities=COMMANDS, ctx=ctx
            ) from None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the subcommands in the order a new user needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a subcommand."""
        if cmd_name not in COMMANDS:
            return None
        return explained(load(cmd_name))


def load(name: str) -> click.Command:
    """Return the command of a name in COMMANDS, its help as it stands in the code."""
    module_name, attribute = _SHARED_MODULES.get(name, (name, "command"))
    command: click.Command = getattr(importlib.import_module(f"archive.cli.{module_name}"), attribute)
    return command


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ARCHIVE_DATA",
    default=Path("archive-data"),
    show_default=True,
    help="The archive's folder (or ARCHIVE_DATA).",
)
@click.version_option(package_name="archive")
@click.pass_context
def cli(context: click.Context, data: Path) -> None:
    """Keep seminar decks and reports, and find words on their slides."""
    context.obj = data


def main(arguments: list[str] | None = None) -> None:
    """Run the command and end the process: 0 done, 1 failed in part or whole, 2 wrong use.

    SIGTERM ends it in order, with 143, also where the process was started with it ignored or blocked. SIGINT
    (Ctrl-C) ends it with 130, unless it was started with that ignored, as a job in the background is.
    """
    gc.set_threshold(_GARBAGE_AFTER_OBJECTS)
    signal.signal(signal.SIGTERM, stopping_with(_Terminated))
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, stopping_with(KeyboardInterrupt))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT})
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Some terminals lack letters: print a replacement instead of failing.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    language.install()
    explained(cli)
    try:
        code = cli.main(args=arguments, prog_name="archive", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        echo(error.format_message())
        return error.exit_code
    except click.ClickException as error:
        echo(f"archive: {translated(error.format_message())}", err=True)
        return error.exit_code
    except ArchiveError as error:
        echo(f"archive: {translated(' '.join(error.message.splitlines()))}", err=True)
        return 2 if isinstance(error, InputError) else 1
    except (KeyboardInterrupt, click.Abort):
        echo(f"archive: {text('stopped.')}", err=True)
        return 128 + signal.SIGINT
    except _Terminated:
        echo(f"archive: {text('stopped.')}", err=True)
        return 128 + signal.SIGTERM
    except BrokenPipeError:
        # The reader of the output has ended (`archive search … | head`); Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception:  # noqa: BLE001 - the last handler: no traceback may reach the user
        echo(f"archive: {text('an unexpected error happened.')} {_keep_traceback()}", err=True)
        return 1
    return code if isinstance(code, int) else 0


def _keep_traceback() -> str:
    """Write the current traceback to a file; return a sentence that says where it is."""
    path = Path("archive-errors.log")
    with suppress(OSError):
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(
                f"--- {datetime.now(UTC).isoformat()} {' '.join(sys.argv)}\n{traceback.format_exc()}\n"
            )
        return text("Its details are in %(path)s; please pass them on.", path=path)
    return text("Its details could not be written here; run it again in a folder you may write to.")


if __name__ == "__main__":
    main()
