"""Tell a saved mail from other texts, by the fields that it begins with (RFC 5322, 3.6)."""

import re

_FIELD = re.compile(rb"([!-9;-~]{1,76}):")
_MAIL_FIELDS = frozenset(
    {
        *(b"from", b"to", b"cc", b"date", b"subject", b"message-id", b"reply-to", b"sender", b"return-path"),
        *(b"received", b"delivered-to", b"mime-version", b"content-type", b"dkim-signature"),
    }
)
_FIELDS_MIN = 3
"""Fields of a mail that must be there: a text may begin with "From:" and mean something else."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def is_mail(head: bytes) -> bool:
    """Return whether a file that begins with `head` is one mail.

    Its first lines are fields, and some of them are those that mails have.
    """
    names: set[bytes] = set()
    for line in head.removeprefix(_BYTE_ORDER_MARK).split(b"\n"):
        line = line.rstrip(b"\r")
        if not line:
            break
        if line.startswith((b" ", b"\t")) and names:
            continue
        field = _FIELD.match(line)
        if field is None:
            return False
        names.add(field[1].lower())
    return len(names & _MAIL_FIELDS) >= _FIELDS_MIN and bool(names & {b"from", b"date", b"mime-version"})
