"""The three kinds of job on one version: extract its words, render its pictures, read pictures by OCR.

`run` chooses the job's function, `context` holds the tools and the lease that all share. Only the workers
and the application import it; it imports `reading/`, `ocr/` and the catalogue. Begin with `run`.
"""
