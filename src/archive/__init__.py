"""An archive of slide decks and reports, and a search through their slides and pages.

Files come in at `ingest/` (taken in, read in a confined child process, drawn, OCR), which writes originals
and pictures to the `store` and what was read to the `catalogue/`. `index/` follows the catalogue's journal
and makes pages findable. A question goes `web/` or `cli/` → `search/` → `query/` (what the words mean, with
`analysis/` for Swedish) → `index/` → `highlight/`. `app` opens an archive and is the one place where these
parts are assembled; `visibility` says who may see what; `model/` has the records they exchange. Imports go
only downward, as the contracts in pyproject.toml list it. Begin with `model/`, then `app/`, then
docs/architecture.md.
"""
