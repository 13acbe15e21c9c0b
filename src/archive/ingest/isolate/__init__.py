"""Reading an untrusted file in a process of its own that can do no harm."""
