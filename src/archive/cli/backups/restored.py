"""Says in plain words what a restore has brought back, and what it has not."""

from typing import TYPE_CHECKING, Any

from archive.cli.echo import echo
from archive.cli.language import text, translated

if TYPE_CHECKING:
    from archive.backup.restoring import Restored


def restored_values(restored: "Restored") -> dict[str, Any]:
    """Return the same for programs."""
    proof = restored.proof
    return {
        "name": restored.name,
        "ok": restored.is_whole,
        "originals": restored.originals,
        "pictures": restored.pictures,
        "lost": list(restored.lost),
        "lacking": list(restored.manifest.lacking),
        "opened": proof.opened,
        "closed": [list(one) for one in proof.closed],
        "questions": proof.asked,
        "differing_questions": list(proof.differing),
        "reordered_questions": list(proof.reordered),
        "erased_again": list(restored.erased),
    }


def tell_restored(restored: "Restored") -> None:
    """Print what was restored and what the proof showed; what is wrong on stderr."""
    proof, manifest = restored.proof, restored.manifest
    echo(
        text(
            "Backup %(name)s: %(documents)s documents, %(originals)s originals and %(pictures)s pictures "
            "are there, each with the bytes it was kept with.",
            name=restored.name,
            documents=manifest.tables.get("document", 0),
            originals=restored.originals,
            pictures=restored.pictures,
        )
    )
    if not (proof.closed or proof.differing or proof.reordered):
        echo(
            text(
                "%(opened)s documents were opened, and %(asked)s questions asked: "
                "the same totals in the same order.",
                opened=proof.opened,
                asked=proof.asked,
            )
        )
    if restored.erased:
        echo(text("Erased since the backup, and now again: %(ids)s.", ids=", ".join(restored.erased)))
    if manifest.unasked:
        echo(text("There were no questions to ask: %(why)s", why=translated(manifest.unasked)))
    for digest in restored.lost:
        echo(text("%(name)s is damaged or gone in the backup.", name=digest[:12]), err=True)
    for digest in manifest.lacking:
        echo(text("%(name)s was lost before the backup was made.", name=digest[:12]), err=True)
    for document_id, why in proof.closed:
        echo(text("Document %(id)s does not open: %(why)s", id=document_id, why=translated(why)), err=True)
    for question in proof.differing:
        echo(text("The answers to “%(question)s” are not the same.", question=question), err=True)
    for question in proof.reordered:
        echo(
            text("The answers to “%(question)s” are the same in another order.", question=question), err=True
        )
