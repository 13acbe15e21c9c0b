"""What sandboxes with a child for each file have in common: one child at a time, confined by the kernel."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from archive.ingest.sandbox import protocol
from archive.ingest.sandbox.base import Limits, Request
from archive.ingest.sandbox.linux import confine
from archive.ingest.sandbox.turns import Turns


class ChildSandbox(ABC):
    """Starts a child for a file, listens to it, and ends it.

    Args:
        registry: name of the module that knows the readers (see `child.Registry`).
        import_folders: where that module is found, if not among the installed packages.
    """

    def __init__(
        self,
        registry: str = "archive.ingest.extractors.registry",
        import_folders: Sequence[Path] = (),
    ) -> None:
        self._registry = registry
        self._import_folders = tuple(str(folder.absolute()) for folder in import_folders)
        self._turns = Turns()

    @property
    def protections(self) -> tuple[str, ...]:
        """Return the protections in force, for people."""
        return confine.protections()

    @property
    def reduced(self) -> bool:
        """Return whether the kernel lacks some of the protections."""
        return confine.is_reduced()

    @contextmanager
    def run(self, request: Request, file: Path, limits: Limits) -> Iterator[Iterator[bytes]]:
        """Give the child's frames; see `base.Sandbox.run`."""
        with self._turns.turn():
            child = self._start(request, file, limits)
            with closing(protocol.listen(child, limits)) as frames:
                yield frames

    @abstractmethod
    def _start(self, request: Request, file: Path, limits: Limits) -> protocol.Child:
        """Start the child of a file; raises PathError where that cannot be opened."""
