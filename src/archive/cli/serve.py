"""`archive serve`: serves the pages, and runs pending jobs meanwhile."""

import signal
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

import click

from archive.cli.language import text


@click.command("serve")
@click.option("--host", default=None, help="Address to listen on (default: web.host, 127.0.0.1).")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=None,
    help="Port; 0 takes a free one (default: web.port, 8000).",
)
@click.option("--no-worker", is_flag=True, help="Only serve: leave waiting jobs to another process.")
@click.option("--quiet", is_flag=True, help="Print only the address and warnings.")
@click.pass_obj
def command(data: Path, host: str | None, port: int | None, no_worker: bool, quiet: bool) -> None:
    """Serve the archive's pages until Ctrl-C or SIGTERM."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        _serve(data, host, port, no_worker, quiet)
    except KeyboardInterrupt:
        pass  # stopped while it started or ended its workers
    finally:
        signal.signal(signal.SIGTERM, before)
    click.echo(f"archive: {text('stopped.')}", err=True)


def _serve(data: Path, host: str | None, port: int | None, no_worker: bool, quiet: bool) -> None:
    from archive.cli.opening import opened
    from archive.ingest.progress import Silent
    from archive.model.visibility import Visibility
    from archive.web.factory import create_app
    from archive.web.server import listen

    with ExitStack() as stack:
        archive = stack.enter_context(opened(data, thorough=True, quiet=quiet))
        web = archive.settings.web
        host = host or web.host
        server, bound_port = listen(create_app(archive), web, host, web.port if port is None else port)
        if not no_worker:
            stack.enter_context(archive.workers(Silent()))
        stack.callback(server.close)
        for part in (archive.spelling, archive.suggestions):
            part.warm(Visibility(web.visitor))
        address = f"http://{f'[{host}]' if ':' in host else host}:{bound_port}/"
        click.echo(text("Serving on %(address)s", address=address))
        server.run()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
