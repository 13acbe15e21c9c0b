"""Readers of formats without pages of their own: plain text and web pages.

`flow` deals text out to pages, also for `word/` and `odf`; `html` and `text` read. The registry names the
readers. Begin with `flow`.
"""
