"""The first tables, the regions, and the catalogue's own identifier."""

import secrets
import tomllib
from importlib import resources

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables and fill those that must not be empty."""
    _create_people_and_places()
    _create_events()
    _create_talks()
    _create_documents()
    _create_versions()
    _create_pages()
    _create_journal()
    _seed()


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}_{target.split('.')[0]}")


def _seed() -> None:
    table = sa.table(
        "region", *map(sa.column, ("code", "name", "broader")), sa.column("alternative_names", sa.JSON())
    )
    data = resources.files("archive.catalogue").joinpath("regions.toml").read_text("utf-8")
    op.bulk_insert(table, [{"broader": None, **region} for region in tomllib.loads(data)["region"]])
    meta = sa.table("meta", sa.column("key", sa.String()), sa.column("value", sa.String()))
    op.bulk_insert(meta, [{"key": "epoch", "value": secrets.token_hex(16)}])


def _create_people_and_places() -> None:
    op.create_table(
        "person",
        *_texts("id", "name", "name_key"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("name_key", name="uq_person_name_key"),
    )
    op.create_table(
        "organisation",
        *_texts("id", "name", "name_key"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("name_key", name="uq_organisation_name_key"),
    )
    op.create_table(
        "region",
        *_texts("code", "name"),
        sa.Column("alternative_names", sa.JSON(), nullable=False),
        sa.Column("broader", sa.String(), nullable=True),
        _refers("region", "broader", "region.code"),
        sa.PrimaryKeyConstraint("code", name="pk_region"),
    )


def _create_events() -> None:
    op.create_table(
        "focus_area",
        *_texts("id", "title", "title_key"),
        sa.Column("year_from", sa.Integer(), nullable=True),
        sa.Column("year_to", sa.Integer(), nullable=True),
        *_texts("text"),
        sa.PrimaryKeyConstraint("id", name="pk_focus_area"),
    )
    op.create_index("ix_focus_area_title_key", "focus_area", ["title_key"])
    op.create_table(
        "event",
        *_texts("id", "title", "kind"),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        *_texts("place", "occasion", "organiser", "text", "source_url", "visibility"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_source_url", "event", ["source_url"])
    op.create_index("ix_event_starts_on", "event", ["starts_on"])
    op.create_index("ix_event_title_starts_on", "event", ["title", "starts_on"])
    op.create_table(
        "event_focus_area",
        *_texts("event_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("focus_area_id"),
        _refers("event_focus_area", "event_id", "event.id"),
        _refers("event_focus_area", "focus_area_id", "focus_area.id"),
        sa.PrimaryKeyConstraint("event_id", "position", name="pk_event_focus_area"),
    )
    op.create_index("ix_event_focus_area_focus_area_id", "event_focus_area", ["focus_area_id"])


def _create_talks() -> None:
    op.create_table(
        "presentation",
        *_texts("id", "topic"),
        sa.Column("event_id", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("abstract", "language", "visibility"),
        _refers("presentation", "event_id", "event.id"),
        sa.PrimaryKeyConstraint("id", name="pk_presentation"),
    )
    op.create_index("ix_presentation_event_id_position", "presentation", ["event_id", "position"])
    op.create_table(
        "contribution",
        *_texts("presentation_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("person_id", "role"),
        sa.Column("organisation_id", sa.String(), nullable=True),
        _refers("contribution", "organisation_id", "organisation.id"),
        _refers("contribution", "person_id", "person.id"),
        _refers("contribution", "presentation_id", "presentation.id"),
        sa.PrimaryKeyConstraint("presentation_id", "position", name="pk_contribution"),
    )
    op.create_index("ix_contribution_organisation_id", "contribution", ["organisation_id"])
    op.create_index("ix_contribution_person_id", "contribution", ["person_id"])
    op.create_table(
        "presentation_region",
        *_texts("presentation_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("region_code"),
        _refers("presentation_region", "presentation_id", "presentation.id"),
        _refers("presentation_region", "region_code", "region.code"),
        sa.PrimaryKeyConstraint("presentation_id", "position", name="pk_presentation_region"),
        sa.UniqueConstraint(
            "presentation_id", "region_code", name="uq_presentation_region_presentation_id_region_code"
        ),
    )
    op.create_index("ix_presentation_region_region_code", "presentation_region", ["region_code"])


def _create_documents() -> None:
    op.create_table(
        "original",
        *_texts("sha256"),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        *_texts("media_type"),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_original"),
    )
    op.create_table(
        "document",
        *_texts("id", "kind", "title"),
        sa.Column("title_is_given", sa.Boolean(), nullable=False),
        *_texts("source", "visibility", "visibility_given", "language", "publisher"),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("presentation_id", sa.String(), nullable=True),
        sa.Column("event_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("withdrawn_at", sa.String(27), nullable=True),
        _refers("document", "event_id", "event.id"),
        _refers("document", "presentation_id", "presentation.id"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
    )
    op.create_index("ix_document_event_id", "document", ["event_id"])
    op.create_index("ix_document_presentation_id", "document", ["presentation_id"])
    op.create_index("ix_document_source", "document", ["source"])


def _create_versions() -> None:
    op.create_table(
        "version",
        *_texts("id", "document_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("filename", "sha256"),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        *_texts("message", "engine"),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("pictures_done", sa.Boolean(), nullable=False),
        *_texts("picture_message"),
        _refers("version", "document_id", "document.id"),
        _refers("version", "sha256", "original.sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.UniqueConstraint("document_id", "number", name="uq_version_document_id_number"),
    )
    op.create_index("ix_version_sha256", "version", ["sha256"])


def _create_pages() -> None:
    op.create_table(
        "page",
        *_texts("version_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        *_texts("language", "engine"),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("width_pt", "height_pt")),
        *_texts("broken", "ocr_reason"),
        sa.Column("blocks", sa.JSON(), nullable=False),
        _refers("page", "version_id", "version.id"),
        sa.PrimaryKeyConstraint("version_id", "number", name="pk_page"),
    )
    op.create_table(
        "picture",
        *_texts("version_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("width_pt", "height_pt")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("width_px", "height_px")),
        *_texts("large_sha256", "small_sha256"),
        sa.Column("words", sa.JSON(), nullable=False),
        _refers("picture", "version_id", "version.id"),
        sa.PrimaryKeyConstraint("version_id", "number", name="pk_picture"),
    )


def _create_journal() -> None:
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), nullable=False),
        *_texts("document_id"),
        sa.Column("hides", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        _refers("change", "document_id", "document.id"),
        sa.PrimaryKeyConstraint("seq", name="pk_change"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_hides_seq", "change", ["hides", "seq"])
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("kind", "version_id"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.String(27), nullable=True),
        *_texts("lease_owner"),
        sa.Column("created_at", sa.String(27), nullable=False),
        _refers("job", "version_id", "version.id"),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.UniqueConstraint("version_id", "kind", name="uq_job_version_id_kind"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_kind_leased_until", "job", ["kind", "leased_until"])
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        *_texts("actor", "action", "subject", "outcome", "detail"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_event_subject", "audit_event", ["subject"])
    op.create_table("meta", *_texts("key", "value"), sa.PrimaryKeyConstraint("key", name="pk_meta"))
