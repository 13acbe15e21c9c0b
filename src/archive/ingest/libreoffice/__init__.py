"""LibreOffice as a converter: confined, kept running from file to file, and not trusted.

`office` is all that others use: it sends orders to the process that runs, and files through a private
folder (`running`, `messages`), or starts one for a single file. `serve` is that process. `reading/`,
`jobs/` and the application import it; it imports `sandbox/` and `filetypes/`. Begin with `office`.
"""
