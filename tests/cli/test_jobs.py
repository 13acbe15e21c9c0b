"""`archive jobs`: the same as the page of jobs, by command."""

from pathlib import Path

import pytest

from archive.app import open_archive
from archive.catalogue.operation import question_counts
from archive.catalogue.operation.remedies import ADVICE
from archive.catalogue.uploads import uploads
from archive.cli.output import print_table
from archive.model.extraction import Outcome
from archive.model.uploads import NewUpload
from archive.settings.settings import Settings
from tests.catalogue.operation.planted import end
from tests.cli.commands import Run


def _plant(data: Path, *categories: Outcome) -> list[str]:
    with open_archive(Settings(data=data)) as archive, archive.database.write() as session:
        return [end(session, f"/in/{category.value}.pdf", category) for category in categories]


def test_overview_as_table_and_as_json(data: Path, run: Run) -> None:
    _plant(data, *Outcome)
    told = run("jobs")
    assert told.code == 0
    for category, advice in ADVICE.items():
        assert category.value in told.out
        assert advice in told.out
    found = run("jobs", "--json").json
    assert found["failed"]["crash"] == {"count": 1, "what_to_do": ADVICE[Outcome.CRASH]}
    assert found["waiting"]["extract"]["count"] == 0
    assert set(found["disk"]) >= {"originals_bytes", "free_bytes"}
    assert found["index"]["ok"]
    assert "libreoffice-impress-nogui" in found["missing_parts"]


def test_retry_queues_one_a_category_or_all(data: Path, run: Run) -> None:
    crash, *_ = _plant(data, Outcome.CRASH, Outcome.TIMEOUT, Outcome.DAMAGED, Outcome.OK_PARTIAL)
    assert run("jobs", "retry", crash).out == "1 document is queued.\n"
    assert run("jobs", "retry", "--category", "timeout").out == "1 document is queued.\n"
    assert run("jobs", "retry", "--all").out == "1 document is queued.\n"
    assert run("jobs", "--json").json["waiting"]["extract"]["count"] == 3
    assert run("jobs", "retry").code == 2


def test_log_as_table_and_as_json(data: Path, run: Run) -> None:
    (crash,) = _plant(data, Outcome.CRASH)
    told = run("jobs", "log", crash).out
    assert "document.accept" in told
    assert ADVICE[Outcome.CRASH] in told
    found = run("jobs", "log", crash, "--json").json
    assert (found["filename"], found["category"]) == ("crash.pdf", "crash")
    assert [event["action"] for event in found["events"]] == ["document.accept"]
    assert run("jobs", "log", "finnsinte").code == 1


def test_questions_as_table_and_as_json(data: Path, run: Run) -> None:
    from datetime import timedelta

    today = question_counts.today()
    with open_archive(Settings(data=data)) as archive, archive.database.write() as session:
        for before in range(3):
            question_counts.add(session, today - timedelta(days=before), {"saknas": (2, False)})
    asked = {"question": "saknas", "count": 6, "days": 3, "last_day": today.isoformat()}
    assert run("jobs", "questions", "--json").json == {"without_hits": [asked], "most_asked": [asked]}
    assert "saknas" in run("jobs", "questions").out


def test_uploads_and_refused_files_as_table_and_as_json(data: Path, run: Run) -> None:
    with open_archive(Settings(data=data)) as archive, archive.database.write() as session:
        refused, waiting = (uploads.add(session, NewUpload("anna", f"{name}.exe", 3)) for name in "ab")
        uploads.refuse(session, refused.id, "unsupported_type", "It is of another type.")
        uploads.receive(session, waiting.id)
    told = run("jobs").out
    assert "a.exe" in told
    assert "It is of another type." in told
    assert "Uploads not taken in yet" in told
    found = run("jobs", "--json").json
    assert [(one["state"], one["count"]) for one in found["uploads"]] == [("received", 1)]
    assert found["refused"]["unsupported_type"]["count"] == 1
    assert found["refused"]["unsupported_type"]["files"][0]["name"] == "a.exe"


def test_questions_says_that_they_are_not_counted(data: Path, run: Run) -> None:
    _plant(data)
    assert "count_questions" not in run("jobs", "questions").out
    (data / "archive.toml").write_text("[web]\ncount_questions = false\n", "utf-8")
    assert "web.count_questions is off" in run("jobs", "questions").out


def test_table_holds_where_a_cell_has_what_turns_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["Title", "Times"], [("a\u202eb", "1"), ("c" * 8, "2")])
    *_, turned, plain = capsys.readouterr().out.rstrip().splitlines()
    assert turned.index("1") == plain.index("2")
