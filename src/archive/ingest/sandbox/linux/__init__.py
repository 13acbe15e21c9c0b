"""The means of the Linux kernel to take rights from a process: Landlock, seccomp, resource limits.

`confine` combines them for readers and for converters; each of the others wraps one interface of the kernel.
`sandbox/` and `libreoffice/serve` import it; it imports nothing but the bounds of a child. Begin with
`confine`.
"""
