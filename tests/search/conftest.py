"""The small archive of the web tests serves here, too."""

from tests.web.conftest import archive, built

__all__ = ["archive", "built"]
