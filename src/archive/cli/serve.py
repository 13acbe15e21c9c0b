"""`archive serve`: serves the pages, and runs pending jobs meanwhile."""

import signal
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

import click

from archive.cli.echo import echo
from archive.cli.language import text
from archive.cli.stopping import stopping_with

_STOPPING = (signal.SIGTERM, signal.SIGINT)
_STOP = stopping_with(KeyboardInterrupt)


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
    """Serve the archive's pages until Ctrl-C or SIGTERM; what was asked before is answered."""
    before = {number: signal.getsignal(number) for number in _STOPPING}
    signal.signal(signal.SIGTERM, _STOP)
    try:
        _serve(data, host, port, no_worker, quiet)
    except KeyboardInterrupt:
        pass  # stopped while it started or ended its workers
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    echo(f"archive: {text('stopped.')}", err=True)


def _serve(data: Path, host: str | None, port: int | None, no_worker: bool, quiet: bool) -> None:
    from archive.garbage import imports_stay

    with imports_stay("archive.web.factory"):
        from archive.cli.opening import opened
        from archive.disk.data_folder import is_read_only
        from archive.erasing.ordering import following_orders
        from archive.ingest.progress import Silent
        from archive.model.processes import ProcessKind
        from archive.model.visibility import Visibility
        from archive.web.factory import create_app
        from archive.web.http.context import asked_questions_of
        from archive.web.server.listen import listen

    with ExitStack() as stack:
        archive = stack.enter_context(opened(data, thorough=True, quiet=quiet))
        web = archive.settings.web
        host = host or web.host
        port = web.port if port is None else port
        app = create_app(archive)
        server = listen(app, web, host, port, archive.settings.stop_time_s)
        if is_read_only(archive.settings.data):
            no_worker = True
            echo(f"archive: {text('read-only: pages are served, and no job is done.')}", err=True)
        pool = None if no_worker else stack.enter_context(archive.workers(Silent(), kind=ProcessKind.SERVE))
        if pool is None:
            stack.enter_context(archive.listed())
        else:
            stack.enter_context(archive.watching(pool.wake))
            stack.enter_context(following_orders(archive))
        asked = asked_questions_of(app)
        if asked is not None:
            stack.enter_context(asked.written_regularly())
        stack.callback(server.close)
        for part in (archive.spelling, archive.suggestions):
            part.warm(Visibility(web.visitor))
        address = f"http://{f'[{host}]' if ':' in host else host}:{server.port}/"
        echo(text("Serving on %(address)s", address=address))
        _stop_by_signals(*((server.stop,) if pool is None else (pool.take_no_more, server.stop)))
        server.run()


def _stop_by_signals(*stops: Callable[[], None]) -> None:
    """Let the first SIGTERM or Ctrl-C stop the server in order, and a second one end it at once."""

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        for each in _STOPPING:
            signal.signal(each, _STOP)
        for call in stops:
            call()

    for each in _STOPPING:
        # A job in the background is started with SIGINT ignored, and stays so.
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, stop)
