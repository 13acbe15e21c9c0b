"""A document archive and full-text search service for seminar slide decks and reports."""
