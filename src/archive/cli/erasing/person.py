"""`archive erase person`: finds a person everywhere and takes the name out of all that is kept."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.echo import echo
from archive.cli.erasing.kinds import counts_by_kind
from archive.cli.language import plural, text

if TYPE_CHECKING:
    from archive.app import Archive
    from archive.catalogue.erasing.places import Slides
    from archive.erasing.erasing import Erased, ErasureOrder, Told
    from archive.erasing.files import Searched
    from archive.erasing.found import Found
    from archive.erasing.names import ErasedNames

ACTOR = "command line"


@click.group("erase")
def erase() -> None:
    """Take a person out of the archive for good, from files and pictures, too."""


@erase.command("person")
@click.argument("identifier", metavar="[ID]", default="")
@click.option("--name", "names", multiple=True, help="The name of somebody who has no record. Repeatable.")
@click.option("--text", "texts", multiple=True, help="Other words, as they are. Repeatable.")
@click.option("--only", multiple=True, metavar="DOC/N", help="Only the words of this slide. Repeatable.")
@click.option("--whole-name", is_flag=True, help="Leave the surname where it stands alone.")
@click.option("--reason", default="", help="Why; it is kept with the erasure. Required to erase.")
@click.option("--dry-run", is_flag=True, help="Only print what would be erased.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def person(
    data: Path,
    identifier: str,
    names: Sequence[str],
    texts: Sequence[str],
    only: Sequence[str],
    whole_name: bool,
    reason: str,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Erase a person: a record (ID, see `archive person list`), a name (--name), or words (--text).

    Every place that holds the name is changed: records, words of slides, notes and comments, properties of
    files, pictures, the journal, questions that were asked. A file that held it is replaced by a PDF of its
    pictures, in which the name is covered, or by its words where it has no pictures. This cannot be taken
    back. Backups keep the name until they are gone; a restore erases it again. One that was interrupted
    goes on when the same command is given again.
    """
    from archive.cli.opening import opened
    from archive.cli.output import print_json
    from archive.erasing.erasing import erase as erase_from
    from archive.erasing.erasing import finish_interrupted
    from archive.erasing.names import given_names
    from archive.erasing.turns import only_one
    from archive.errors import InputError

    if not (identifier or names or texts):
        raise click.UsageError("Say who: ID, --name or --text.")
    if not (dry_run or reason.strip()):
        raise InputError("Say why with --reason, or look first with --dry-run.")

    given = given_names(names, texts, whole_name)

    def told(what: str, count: int) -> None:
        if not as_json and sys.stderr.isatty():
            echo(text("%(what)s: %(count)s done", what=what, count=count), err=True)

    with opened(data, must_exist=True, quiet=True) as archive, ExitStack() as stack:
        if not dry_run:
            stack.enter_context(only_one(archive))
        if not dry_run and (finished := finish_interrupted(archive, told)):
            echo(text("An interrupted erasure was finished: %(ids)s.", ids=", ".join(finished)), err=True)
            if identifier and not _is_known(archive, identifier):
                return 0
        order = _order(archive, identifier, given, only, reason)
        searched = _search_files(archive, order, told)
        order = replace(order, files=searched.holding, uploads=searched.uploads)
        if dry_run:
            found = _look(archive, order)
            print_json(_values(found, order)) if as_json else _tell(found, order)
            return 0
        erased = erase_from(archive, order, told)
    if as_json:
        print_json(_values(erased.found, order) | _erased_values(erased))
    else:
        _tell(erased.found, order)
        _tell_erased(erased)
    return 0


def _order(
    archive: "Archive", identifier: str, given: "ErasedNames", only: Sequence[str], reason: str
) -> "ErasureOrder":
    from archive.catalogue.erasing.people import names_of
    from archive.cli.show import place
    from archive.erasing.erasing import ErasureOrder
    from archive.errors import InputError

    slides: set[tuple[str, int]] = set()
    for one in only:
        document_id, number = place(one)
        if number is None:
            raise InputError(f"'{one}' is no slide. Write DOCUMENT/NUMBER.")
        slides.add((document_id, number))
    with archive.database.read() as session:
        names = given.and_of(names_of(session, identifier) if identifier else ())
    chosen: Slides | None = frozenset(slides) if only else None
    person_id = "" if only else identifier
    return ErasureOrder(names, ACTOR, reason.strip(), person_id, chosen)


def _is_known(archive: "Archive", identifier: str) -> bool:
    from archive.catalogue.erasing.people import is_known

    with archive.database.read() as session:
        return is_known(session, identifier)


def _look(archive: "Archive", order: "ErasureOrder") -> "Found":
    from archive.erasing.found import look

    with archive.database.read() as session:
        return look(session, order.names, order.only, order.files)


def _search_files(archive: "Archive", order: "ErasureOrder", told: "Told") -> "Searched":
    """Search the bytes of all originals, where not only some slides are meant; tell of what cannot be."""
    from archive.erasing.files import Searched, search_files

    if order.only is not None:
        return Searched(frozenset())
    searched = search_files(archive, order.names, told)
    for digest in searched.unsearched:
        echo(text("Original %(digest)s could not be searched to its end.", digest=digest[:12]), err=True)
    for upload_id in searched.unsearched_uploads:
        echo(text("The upload %(id)s could not be searched to its end.", id=upload_id), err=True)
    return searched


def _tell(found: "Found", order: "ErasureOrder") -> None:
    for upload_id in sorted(order.uploads):
        echo(text("The upload %(id)s, which waits to be taken in, holds the name.", id=upload_id))
    is_there = bool(found.places or found.versions or order.uploads)
    if not is_there:
        echo(text("The name is nowhere in the archive."))
    for kind, count in counts_by_kind(found.by_kind).items():
        echo(f"{kind:36}{count:>8}")
    for (document_id, number), parts in found.slides.items():
        echo(f"{document_id}/{number}  {', '.join(parts)}")
    if found.versions:
        echo(
            plural(
                "One file holds the name; a redacted copy takes its place.",
                "%(count)s files hold the name; redacted copies take their places.",
                len(found.versions),
            )
        )
    for login in found.accounts:
        echo(text("The account %(login)s is called so, and stays. End it with `archive user`.", login=login))
    if found.backup_place and is_there:
        echo(
            text(
                "Backups in %(place)s keep the name until they are gone. "
                "Make one now, so that a restore of an earlier one erases it again.",
                place=found.backup_place,
            )
        )


def _tell_erased(erased: "Erased") -> None:
    if not erased.erasure_id:
        return
    echo(
        text(
            "Erased (%(id)s): %(places)s places, %(originals)s originals, %(pictures)s pictures.",
            id=erased.erasure_id,
            places=len(erased.found.places),
            originals=erased.originals,
            pictures=erased.pictures,
        )
    )
    echo(text("Restart servers that are running: what they have in memory is not erased."))


def _values(found: "Found", order: "ErasureOrder") -> dict[str, Any]:
    return {
        "places": dict(found.by_kind),
        "slides": [
            {"document": document_id, "number": number, "parts": list(parts)}
            for (document_id, number), parts in found.slides.items()
        ],
        "files": len(found.versions),
        "uploads": sorted(order.uploads),
        "accounts": list(found.accounts),
        "backup_place": found.backup_place,
    }


def _erased_values(erased: "Erased") -> dict[str, Any]:
    return {
        "erasure": erased.erasure_id,
        "documents": list(erased.documents),
        "originals_removed": erased.originals,
        "pictures_removed": erased.pictures,
        "edits_rechained": list(erased.rechained_edits),
    }
