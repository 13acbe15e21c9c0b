"""Signing in: passwords, one-time links, sessions, passkeys, tokens, and how often somebody may try.

Secrets are made and checked here; the catalogue keeps digests of them. What comes in is what somebody typed
or their browser sent, what goes out an account or an error that tells nothing of others. The web and the
command line use it. Begin reading in `sign_in.py`.
"""
