"""The file inside an OLE object (`oleObject1.bin`), where that is a package of Office's ([MS-OLEDS] 2.1)."""

import io

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAM = "Package"
_NAME = "Package".encode("utf-16-le")


def package_in_object(data: bytes) -> bytes:
    """Return the package that an OLE container holds; `data` as it is when it is none or holds none."""
    if not data.startswith(_OLE_MAGIC) or _NAME not in data:
        return data
    import olefile  # only here, because few decks have such objects

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if not container.exists(_STREAM):
                return data
            package: bytes = container.openstream(_STREAM).read()
            return package
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - olefile raises any kind on containers that are not whole
        return data
