"""Ways to sign in beside passwords and one-time links, each with its own addresses.

What comes in is what a browser or a provider has sent; each way ends with a session, or with one sentence on
the page where it was begun. Begin reading in `passkeys.py`.
"""
