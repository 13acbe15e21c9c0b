"""Readers of formats without pages of their own: plain text, mails and web pages.

`flow` deals text out to pages, also for `word/` and `odf`; `html`, `text` and `mail` read, `web_slides`
knows slides written as web pages. The registry names the readers. Begin with `flow`.
"""
