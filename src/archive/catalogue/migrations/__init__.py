"""Alembic migrations of the catalogue; run by themselves for SQLite."""
