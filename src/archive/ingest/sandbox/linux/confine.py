"""What a process gives up before it touches an untrusted file, and what of it this system can enforce."""

import platform
import resource
import site
import sysconfig
from functools import lru_cache
from pathlib import Path

import archive
from archive.ingest.sandbox.base import Limits
from archive.ingest.sandbox.linux import kernel, landlock, seccomp
from archive.ingest.sandbox.linux.landlock import Access

_FILES_MAX = 64

_NONE = "none"


def restrict(
    memory_max_bytes: int, cpu_time_s: int, file_max_bytes: int = 0, open_files_max: int = _FILES_MAX
) -> None:
    """Bound this process, for good: address space, processor time, size of written files, open files.

    No core file is written. Where the system sets a lower bound already, that one stays. At `cpu_time_s` the
    process gets SIGXCPU, a second later SIGKILL.
    """
    bounds = (
        (resource.RLIMIT_AS, memory_max_bytes, 0),
        (resource.RLIMIT_CPU, cpu_time_s, 1),
        (resource.RLIMIT_FSIZE, file_max_bytes, 0),
        (resource.RLIMIT_NOFILE, open_files_max, 0),
        (resource.RLIMIT_CORE, 0, 0),
    )
    for kind, bound, grace in bounds:
        _, hard = resource.getrlimit(kind)
        highest = bound + grace if hard == resource.RLIM_INFINITY else min(bound + grace, hard)
        resource.setrlimit(kind, (min(bound, highest), highest))


_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts")
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache")
# What converters need of the machine, folder by folder: a document may refer to any file, and LibreOffice
# shows what it can read. Nothing of /etc, /opt, /var or /usr/share is there but what is named.
_PROGRAMS = ("/bin", "/usr/bin", "/usr/local/bin", *_LIBRARIES, "/usr/local/lib")
_DATA = (
    *("/usr/share/fontconfig", "/usr/share/texmf/fonts", "/var/cache/fontconfig"),
    *("/usr/share/libreoffice", "/etc/libreoffice", "/var/lib/libreoffice", "/var/spool/libreoffice"),
    *("/usr/share/hunspell", "/usr/share/hyphen", "/usr/share/mythes", "/usr/share/libexttextcat"),
    *("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/share/locale", "/usr/share/zoneinfo"),
    *("/etc/localtime", "/etc/nsswitch.conf", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat"),
    "/sys/devices/system/cpu",
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full")
_CONVERTER_FILES_MAX = 1024


def protections() -> tuple[str, ...]:
    """Return each protection with what gives it here, for people: "files: landlock abi 7" (or "none")."""
    return named_protections(landlock.version(), seccomp.is_available())


def is_reduced() -> bool:
    """Return whether the kernel lacks the means for one of the protections."""
    return any(is_missing(protection) for protection in protections())


def confine_reader(limits: Limits, landlock_abi: int | None = None) -> None:
    """Give up everything but reading open files, the program's own code and fonts, and using the processor.

    Call it in the child, when the code of the reader is loaded. What the system offers is required: raises
    OSError if any of it is refused. With `landlock_abi`, no more of Landlock is used than that version has.
    """
    restrict(limits.memory_max_bytes, limits.cpu_time_s)
    if kernel.knows_machine():
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
        kernel.drop_capabilities()
    if landlock.version():
        landlock.restrict(((folder, Access.READ) for folder in code_folders()), landlock_abi)
    if seccomp.is_available():
        seccomp.restrict_reader()


def prepare() -> None:
    """Work out what does not change from child to child, so that forked ones find it done."""
    code_folders()
    if seccomp.is_available():
        seccomp.reader_program(platform.machine(), 0)


def confine_converter(
    write: Path,
    read: tuple[Path, ...],
    memory_max_bytes: int,
    cpu_time_s: int,
    file_max_bytes: int,
    may_run_programs: bool = True,
    landlock_abi: int | None = None,
) -> None:
    """Give up network, the rest of the file system, other processes, and calls that change the system.

    Only `write` can be written. `read` can be read and run, programs, libraries and fonts of the system too,
    and of its other files those that converters need. Without `may_run_programs` no process can be started:
    none is left behind. With `landlock_abi`, no more of Landlock is used than that version has. Raises
    OSError.
    """
    restrict(memory_max_bytes, cpu_time_s, file_max_bytes, _CONVERTER_FILES_MAX)
    if kernel.knows_machine():
        kernel.drop_capabilities(kernel.CAP_DAC_OVERRIDE)
    if landlock.version():
        rules = [(Path(folder), Access.READ | Access.EXECUTE) for folder in _PROGRAMS]
        rules += [(Path(place), Access.READ) for place in (*_FONTS, *_DATA, "/dev/urandom", "/dev/random")]
        rules += [(Path(device), Access.READ | Access.WRITE_FILE) for device in _DEVICES]
        rules += [(path, Access.READ | Access.EXECUTE) for path in read]
        rules += [(write, Access.READ | Access.WRITE)]
        landlock.restrict(rules, landlock_abi)
    if seccomp.is_available():
        seccomp.restrict_converter(may_run_programs)


@lru_cache(maxsize=1)
def code_folders() -> tuple[Path, ...]:
    """Return where the interpreter, the installed packages, this package, libraries and fonts lie."""
    installed = sysconfig.get_paths()
    names = [installed[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")]
    names += [*site.getsitepackages(), str(Path(archive.__file__).parent), *_LIBRARIES, *_FONTS]
    return tuple(Path(name) for name in dict.fromkeys(names))


def named_protections(landlock_abi: int, has_seccomp: bool) -> tuple[str, ...]:
    """Return the protections that a kernel with this version of Landlock (0: none) gives, for people.

    Each is what is protected and by what, "none" where nothing does: older versions of Landlock know nothing
    of cutting files (before 3) and signals (before 6), and none keeps a child from every network
    (landlock(7)).
    """
    landlock = f"landlock abi {landlock_abi}"
    means = (
        ("memory and time", ("rlimits",)),
        ("files", (landlock,) if landlock_abi else ()),
        ("truncation", _both(landlock if landlock_abi >= 3 else "", has_seccomp)),
        ("signals", _both(landlock if landlock_abi >= 6 else "", has_seccomp)),
        ("network", _both("", has_seccomp)),
        ("processes", _both("", has_seccomp)),
        ("modes and owners", _both("", has_seccomp)),
    )
    return tuple(f"{name}: {' and '.join(by) or _NONE}" for name, by in means)


def is_missing(protection: str) -> bool:
    """Return whether a named protection is not in force."""
    return protection.endswith(f": {_NONE}")


def _both(landlock: str, has_seccomp: bool) -> tuple[str, ...]:
    return tuple(means for means in (landlock, "seccomp" if has_seccomp else "") if means)
