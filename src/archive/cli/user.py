"""`archive user`: accounts for people who sign in."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.language import text
from archive.model.accounts import Role, TokenScope

if TYPE_CHECKING:
    from archive.app import Archive
    from archive.catalogue.database.sessions import Session
    from archive.model.accounts import Account, ApiToken

_ACTOR = "command line"
_LOGIN = click.argument("login")
_SCOPE = click.Choice([scope.value for scope in TokenScope])
_ROLE = click.Choice([role.value for role in Role])


@click.group("user")
def command() -> None:
    """Add, list and end accounts of people who sign in, and make their one-time links."""


@command.command("add")
@_LOGIN
@click.option("--name", default="", help="What the person is called (default: the login).")
@click.option("--role", type=_ROLE, default=Role.STAFF.value, show_default=True, help="What they may do.")
@click.pass_obj
def add(data: Path, login: str, name: str, role: str) -> None:
    """Add an account and print its one-time link; nobody else sees a password."""
    from archive.catalogue.accounts import accounts
    from archive.cli.opening import opened

    with opened(data, quiet=True) as archive:
        with archive.database.write() as session:
            account = accounts.add(session, login, name, Role(role), _ACTOR)
        _print_link(archive, account)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def list_accounts(data: Path, as_json: bool) -> None:
    """List the accounts: login, role, name, state."""
    from archive.catalogue.accounts import accounts
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_table

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        listed = accounts.list_accounts(session)
    if as_json:
        print_json({"accounts": [_details(one) for one in listed]})
    elif listed:
        rows = [(one.login, one.role.value, one.name, _state(one)) for one in listed]
        print_table([text("Login"), text("Role"), text("Name"), text("State")], rows)
    else:
        echo(text("There are none."))


@command.command("role")
@_LOGIN
@click.argument("role", type=_ROLE)
@click.pass_obj
def set_role(data: Path, login: str, role: str) -> None:
    """Give an account another role; its sessions end."""
    from archive.catalogue.accounts import accounts
    from archive.cli.opening import opened

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.write() as session:
        accounts.set_role(session, _found(session, login).id, Role(role), _ACTOR)
    echo(text("%(login)s: the role is %(role)s now.", login=login, role=role))


@command.command("end")
@_LOGIN
@click.pass_obj
def end(data: Path, login: str) -> None:
    """End an account with its sessions, links and tokens. `archive user link` begins it again."""
    from archive.catalogue.accounts import accounts
    from archive.cli.opening import opened

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.write() as session:
        accounts.end(session, _found(session, login).id, _ACTOR)
    echo(text("%(login)s: ended.", login=login))


@command.command("link")
@_LOGIN
@click.pass_obj
def link(data: Path, login: str) -> None:
    """Print a new one-time link of an account, also of one that was ended."""
    from archive.catalogue.accounts import accounts
    from archive.cli.opening import opened

    with opened(data, must_exist=True, quiet=True) as archive:
        with archive.database.write() as session:
            account = _found(session, login)
            accounts.begin_again(session, account.id, _ACTOR)
        _print_link(archive, account)


@command.command("token")
@_LOGIN
@click.option("--name", default="", help="What the token is for.")
@click.option(
    "--scope", type=_SCOPE, default=TokenScope.READ.value, show_default=True, help="What it may do."
)
@click.option("--days", type=click.FloatRange(0, min_open=True), default=90, show_default=True)
@click.pass_obj
def token(data: Path, login: str, name: str, scope: str, days: float) -> None:
    """Make a token for programs that act for an account, and print it, once."""
    from archive.accounts.api_tokens import new_api_token
    from archive.cli.opening import opened

    with opened(data, must_exist=True, quiet=True) as archive:
        with archive.database.read() as session:
            account = _found(session, login)
        made, kept = new_api_token(archive.database, account, name, TokenScope(scope), days, _ACTOR)
    echo(
        text(
            "Token %(id)s of %(login)s, until %(ends)s:",
            id=kept.id,
            login=account.login,
            ends=_day(kept.ends_at),
        )
    )
    echo(made)


@command.command("tokens")
@_LOGIN
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--end", "ended", metavar="ID", default="", help="End the token with this identifier.")
@click.pass_obj
def tokens(data: Path, login: str, as_json: bool, ended: str) -> None:
    """List the tokens of an account, or end one."""
    from archive.catalogue.accounts import api_tokens
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_table

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.write() as session:
        account = _found(session, login)
        if ended:
            api_tokens.end(session, account.id, ended, _ACTOR)
        listed = api_tokens.of_account(session, account.id)
    if as_json:
        print_json({"tokens": [_token_details(one) for one in listed]})
    elif listed:
        rows = [
            (one.id, one.scope.value, one.name, _day(one.ends_at), _day(one.used_at) if one.used_at else "")
            for one in listed
        ]
        print_table([text("Token"), text("May"), text("Name"), text("Until"), text("Last used")], rows)
    else:
        echo(text("There are none."))


def _print_link(archive: "Archive", account: "Account") -> None:
    from archive.accounts.setup_links import new_setup_link

    path = new_setup_link(archive.database, account.id, archive.settings.accounts, _ACTOR)
    hours = f"{archive.settings.accounts.setup_link_h:g}"
    echo(text("One-time link for %(login)s, for %(hours)s hours:", login=account.login, hours=hours))
    echo(f"{archive.settings.web.address}{path}")


def _found(session: "Session", login: str) -> "Account":
    from archive.catalogue.accounts import accounts
    from archive.errors import InputError

    account = accounts.find(session, login)
    if account is None:
        raise InputError(f"There is no account {login}. `archive user list` has them all.")
    return account


def _state(one: "Account") -> str:
    if one.ended_at:
        return text("ended")
    return text("signs in") if one.has_password or one.has_passkey else text("has not used its link yet")


def _details(one: "Account") -> dict[str, object]:
    return {
        "login": one.login,
        "name": one.name,
        "role": one.role.value,
        "created": one.created_at.isoformat(),
        "ended": one.ended_at.isoformat() if one.ended_at else "",
        "has_password": one.has_password,
        "has_passkey": one.has_passkey,
    }


def _token_details(one: "ApiToken") -> dict[str, object]:
    return {
        "id": one.id,
        "scope": one.scope.value,
        "name": one.name,
        "made": one.made_at.isoformat(),
        "ends": one.ends_at.isoformat(),
        "used": one.used_at.isoformat() if one.used_at else "",
    }


def _day(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d")
