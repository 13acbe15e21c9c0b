"""Processes that may do nothing but read one untrusted file, or convert it.

`open_sandbox` chooses between `forking` (a server with the parsers loaded forks a child for each file) and
`spawning` (a fresh interpreter for each); `children` is what these share. Both run `child`, which confines
itself by `linux/` before it reads, and `protocol` listens to it. `launch` confines converters such as
LibreOffice. `server`, `run_once` and `launch` are started by name. `reading/`, `intake/`, `libreoffice/` and
`ocr/` import it; only the child imports the readers of `extractors/`, by name. Begin with `base`.
"""
