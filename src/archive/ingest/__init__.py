"""From the bytes of a file to pages in the catalogue.

`pipeline` runs one ingest: `intake/` finds files and stores them with their jobs, `workers` lease the jobs,
`jobs/` does them with `reading/` (words, pictures, page PDFs), `ocr/` and `libreoffice/`, and everything
that opens an untrusted file runs in `sandbox/` with the parsers of `extractors/`; `filetypes/` tells formats
apart, `framing` cuts what children answer. The application and the commands import it; it imports the
catalogue, the store and what lies below them, never search or web. Begin with `pipeline`, then `jobs/run`.
"""
