"""Readers of file formats; they run only in the confined child process.

`registry` names the class that reads, draws or cuts each media type; `base` says what such a class offers,
`frames` how its records become bytes. `pptx/`, `word/` and `odf` share `ooxml/`; `pdf/` has two engines;
`flowing/` is text without pages, `images/` pictures, `ppt/` old decks, `keynote` previews, `archives/` zip
files. The child imports the registry by name; others import `base` and `frames` at most. They import the
model and `filetypes/`. To add a format, begin with `registry`.
"""
