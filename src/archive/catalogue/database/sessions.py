"""The session in which the catalogue is read and written, named here for the packages above the catalogue.

They pass a session on without looking into it; none but `archive.catalogue` imports SQLAlchemy.
"""

from sqlalchemy.orm import Session

__all__ = ["Session"]
