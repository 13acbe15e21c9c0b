"""The answer to one request, told of its connection."""

from typing import Any

from waitress.task import WSGITask

from archive.web.http.streaming.connection import ENVIRONMENT_KEY


class Task(WSGITask):  # type: ignore[misc] # Waitress has no types
    """Gives the application the connection, for answers that are made while they are sent."""

    def get_environment(self) -> dict[str, Any]:
        """Return the environment of the request."""
        environ: dict[str, Any] = super().get_environment()
        environ[ENVIRONMENT_KEY] = self.channel
        return environ
