"""A certified OpenID provider for tests: oidc-provider (MIT) on node, fetched once by npm.

Ory Hydra was tried first: it needs cgo, has a `replace` that `go install` refuses, was not built after a
quarter of an hour on a busy machine, and has no page to sign in on.
"""
