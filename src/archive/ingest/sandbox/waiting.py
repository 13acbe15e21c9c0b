"""Waiting for a child to say something. Not by `select`: it fails where a process holds many open files."""

import select


def first_readable(descriptors: tuple[int, ...], timeout_s: float | None = None) -> frozenset[int]:
    """Return which descriptors can be read or have been closed at the other end; none after `timeout_s`.

    None as `timeout_s` waits for ever.
    """
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, select.POLLIN)
    ready = poll.poll(None if timeout_s is None else max(0.0, timeout_s) * 1000)
    return frozenset(descriptor for descriptor, _ in ready)


def is_readable(descriptor: int, timeout_s: float) -> bool:
    """Return whether a descriptor can be read, or has been closed at the other end, within `timeout_s`."""
    return bool(first_readable((descriptor,), timeout_s))
