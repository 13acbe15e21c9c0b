"""`archive erase person`: what is told before and after, and what is refused."""

import json

from tests.cli.commands import Run, assert_one_line


def test_a_record_is_erased_after_a_look(full: Run) -> None:
    (person,) = json.loads(full("person", "list", "--json").out)["names"]
    looked = full("erase", "person", person["id"], "--dry-run", "--json").json
    assert looked["places"]["person"] == 1
    assert looked["places"]["row_change"] >= 1
    plain = full("erase", "person", person["id"], "--dry-run").out
    assert "journal of edits" in plain
    assert "row_change" not in plain
    assert full("person", "show", person["id"]).code == 0
    erased = full("erase", "person", person["id"], "--reason", "hon bad om det", "--json").json
    assert erased["erasure"]
    assert erased["edits_rechained"]
    assert full("verify").code == 0
    assert full("erase", "person", "--name", "Lisa Virén", "--dry-run").out.startswith("The name is nowhere")
    assert_one_line(full("erase", "person", person["id"], "--dry-run"))


def test_nobody_and_no_reason_are_refused(full: Run) -> None:
    assert full("erase", "person").code == 2
    assert_one_line(full("erase", "person", "--name", "Lisa Virén"), "--reason")
    assert_one_line(full("erase", "person", "--name", "Lisa", "--only", "abc", "--dry-run"), "abc")
