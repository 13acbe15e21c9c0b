"""What all errors of the archive have in common."""


class ArchiveError(Exception):
    """Base of all errors that are shown to people.

    `message` is one sentence in plain words that says what happened and what to do, never the text of another
    exception; `code` is machine-readable.
    """

    code = "internal"
    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
