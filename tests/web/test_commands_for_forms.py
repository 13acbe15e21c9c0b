"""What staff do on pages they do by command, too: each route that changes something names its command.

A route without a line fails the test, as does a line whose command there is not.
"""

from pathlib import Path

import click
import pytest

from archive.app import open_archive
from archive.cli.main import COMMANDS, load
from archive.settings.settings import Settings
from archive.web.factory import create_app

BY_COMMAND = """
accounts.add                      user add
accounts.end                      user end
accounts.end_sessions             user end
accounts.new_link                 user link
accounts.set_role                 user role
bulk.change                       bulk
bulk_tables.change                bulk
bulk_tables.preview               bulk
document_talks.choose             document edit
documents.choose_original_access  original
drafts.publish_event              event edit
erasing.begin                     erase person
erasing.drop                      erase person
erasing.order                     erase person
import_review.change              import
import_review.read_again          import
import_review.retry               import
import_review.take_list           import
import_review.undo                import
imports.begin                     import
imports.retry                     import
jobs.retry                        jobs retry
journal.take_back                 undo
journal.take_group_back           undo
name.save                         person edit
name.save_merge                   person merge
names.apart                       person apart
proposals.decide                  queue accept
proposals.make_link               talk link
proposals.revoke_link             talk revoke
publishing.change                 publish
queue.change                      queue give-back
queue.take                        queue take
queue.take_next                   queue next
record_lists.save_order           event order
record_previews.preview           event show
records.change                    talk edit
records.create                    talk new
records.delete                    talk delete
send_in.begin                     ingest
send_in.end                       withdraw
send_in.send                      ingest
send_in.take_piece                ingest
upload_forms.begin                ingest
upload_forms.end                  withdraw
upload_forms.link                 document edit
upload_forms.read_again           retry
upload_forms.remove               withdraw
upload_forms.take                 ingest
upload_forms.take_piece           ingest
upload_forms.take_separately      ingest
upload_forms.unlock               retry
withdrawing.change_slides         hide
withdrawing.restore               restore
withdrawing.withdraw              withdraw
"""

BY_ONESELF = (
    *("account.change_password", "account.end_session", "account.end_sessions"),
    *("account.add_token", "account.end_token", "sign_in.ask"),
    *("passkeys.ask_to_make", "passkeys.ask_to_set_up", "passkeys.ask_to_sign"),
    *("passkeys.make", "passkeys.remove", "passkeys.set_up", "passkeys.sign"),
    *("speakers.begin", "speakers.end", "speakers.send", "speakers.take_piece"),
    *("sign_in.sign_in", "sign_in.sign_out", "sign_in.use_link"),
)
"""Only the person who signs in, or has the link, does these, in their own browser."""


def lines() -> dict[str, str]:
    """Return the command of each route that has one."""
    found = [line.split(None, 1) for line in BY_COMMAND.strip().splitlines()]
    return {endpoint: command.strip() for endpoint, command in found}


@pytest.fixture(scope="module")
def endpoints(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the endpoints of all routes that change something."""
    folder: Path = tmp_path_factory.mktemp("routes")
    with open_archive(Settings(data=folder / "data")) as archive:
        rules = list(create_app(archive).url_map.iter_rules())
    return {rule.endpoint for rule in rules if (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}}


def test_each_route_that_changes_something_has_a_command_or_is_one_s_own(endpoints: set[str]) -> None:
    assert endpoints - set(BY_ONESELF) == set(lines())


@pytest.mark.parametrize("command", sorted(set(lines().values())))
def test_the_command_of_a_route_is_there(command: str) -> None:
    name, *rest = command.split()
    assert name in COMMANDS
    found: click.Command = load(name)
    for part in rest:
        assert isinstance(found, click.Group)
        assert part in found.commands
        found = found.commands[part]
