"""LibreOffice as a converter: confined, kept running from file to file, and not trusted.

`office` is all that others use: it prepares a private folder (`exchange`), sends orders to the process that
runs (`running`, `messages`) or starts one for a single file. `serve` and `kit` are that process. `reading/`,
`jobs/` and the application import it; it imports `sandbox/` and `filetypes/`. Begin with `office`.
"""
