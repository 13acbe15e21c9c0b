"""Logging: lines for people on a console, JSON lines for machines. Always on stderr."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal

from archive.printable import printable, printable_json

_WITH_TRACEBACK = "archive.web"
LogFormat = Literal["console", "json"]


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and any traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for a record."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return printable_json(json.dumps(entry, ensure_ascii=False))


class ConsoleFormatter(logging.Formatter):
    """The message alone, for people; tracebacks only of pages that failed, or else as JSON.

    A page says that its fault is noted, and gives a reference: that must find something here. Addresses are
    written by strangers, so that control characters are written out.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for a record."""
        if not record.exc_info:
            return printable(record.getMessage())
        if record.name.startswith(_WITH_TRACEBACK):
            return printable(f"{record.getMessage()}\n{self.formatException(record.exc_info)}")
        return printable(f"{record.getMessage()} Set ARCHIVE_LOG_FORMAT=json to see its details.")


def configure_logging(log_format: LogFormat, quiet: bool) -> None:
    """Send the archive's log to stderr: warnings and above, and information too unless `quiet`."""
    handler = logging.StreamHandler(sys.stderr)
    if log_format == "json":
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(ConsoleFormatter())
    logger = logging.getLogger("archive")
    logger.handlers[:] = [handler]
    logger.propagate = False
    logger.setLevel(logging.WARNING if quiet else logging.INFO)
