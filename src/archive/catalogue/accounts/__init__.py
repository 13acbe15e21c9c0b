"""Accounts in the catalogue: who may sign in, their links, sessions, passkeys, tokens, and counted attempts.

Functions take a session; what comes in is digests and hashes, never a secret itself (`archive.accounts` makes
them). Begin reading in `accounts.py`.
"""
