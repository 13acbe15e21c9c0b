"""From paths to stored originals: what is taken in, and what a seminar's folder says of it.

`accept` stores a file and records it with its jobs in one transaction; `sources` walks folders, `unpacking`
opens zip files in the sandbox, `seminar` and `seminar_model` read `seminar.toml`. The pipeline and the
application import it; it imports `filetypes/`, `sandbox/` and the catalogue, but no parser. Begin with
`accept`.
"""
