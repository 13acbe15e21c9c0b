import json
import logging
import sys

import pytest

from archive.log import ConsoleFormatter, JsonFormatter, configure_logging


def failed(name: str, message: str) -> logging.LogRecord:
    try:
        raise ZeroDivisionError("the cause")
    except ZeroDivisionError:
        return logging.LogRecord(name, logging.ERROR, "", 0, message, None, sys.exc_info())


def test_fault_of_a_page_is_noted_with_its_traceback() -> None:
    line = ConsoleFormatter().format(failed("archive.web", "Request failed, reference 1a2b"))
    assert line.startswith("Request failed, reference 1a2b\nTraceback")
    assert line.endswith("ZeroDivisionError: the cause")


def test_other_faults_are_one_line() -> None:
    line = ConsoleFormatter().format(failed("archive.ingest.workers", "A job failed."))
    assert "\n" not in line
    assert "ARCHIVE_LOG_FORMAT=json" in line


@pytest.mark.parametrize("formatter", [ConsoleFormatter(), JsonFormatter()])
def test_addresses_of_strangers_do_not_reach_the_terminal(formatter: logging.Formatter) -> None:
    line = formatter.format(failed("archive.web", "GET /\x1b]0;t\x07\x9b\u202e"))
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(line)
    assert "\\u202e" in line


def test_json_has_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("archive")
    before = logger.handlers[:], logger.propagate, logger.level
    try:
        configure_logging("json", quiet=True)
        logger.handle(failed("archive.web", "å"))
    finally:
        logger.handlers[:], logger.propagate, logger.level = before
    entry = json.loads(capsys.readouterr().err)
    assert entry["message"] == "å"
    assert "ZeroDivisionError" in entry["traceback"]
