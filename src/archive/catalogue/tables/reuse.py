"""Tables of slides that decks have in common: what each is compared by, and which belong together."""

from sqlalchemy import BigInteger, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class SignedVersionRow(Base):
    """The slides of a version have their signatures, by the rules of `scheme`."""

    __tablename__ = "signed_version"

    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True)
    scheme: Mapped[int]


class SlideSignatureRow(Base):
    """What a slide is compared by, and the family of slides that it belongs to.

    `minima` is the sketch that `archive.reuse` makes; its first scheme had minima there.

    Slides without words and without a picture that tells anything have no row.
    """

    __tablename__ = "slide_signature"

    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    family: Mapped[int] = mapped_column(BigInteger, index=True)
    word_count: Mapped[int]
    minima: Mapped[bytes] = mapped_column(LargeBinary)


class FamilyKeyRow(Base):
    """A slide of the family has this key: slides that are alike have one in common, nearly surely."""

    __tablename__ = "slide_family_key"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    family: Mapped[int] = mapped_column(BigInteger, primary_key=True, index=True)
