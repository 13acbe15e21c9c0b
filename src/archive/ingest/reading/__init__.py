"""What the parent does with one file: it asks a sandboxed child and checks what it answers.

`convert` leads from an original to its words, by way of LibreOffice where a format needs that, and unites
two readings of one file; `extract_file` and `draw_pages` (pictures, and PDFs of single pages) each run
one request; `wire` validates every answer, for nothing that a child says is trusted; `languages`
completes an extraction; `slide_pdf` makes PDFs for visitors. `jobs/`, the commands and the web import it;
it imports `sandbox/` and `libreoffice/`, never a parser. Begin with `convert`.
"""
