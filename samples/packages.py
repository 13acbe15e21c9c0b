"""Makes Office packages come out the same each time: fixed times in the zip and in the embedded workbooks."""

import re
import zipfile
from io import BytesIO

_ZIP_TIME = (2022, 5, 19, 9, 0, 0)
_STAMP = re.compile(rb'(<dcterms:(created|modified) xsi:type="dcterms:W3CDTF">)[^<]*')
_FIXED_STAMP = rb"\g<1>2022-05-19T09:00:00Z"


def normalised(package: bytes) -> bytes:
    """Return a .pptx or .xlsx with the same parts in the same order and no time of its making."""
    content = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(package)) as source,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name.endswith(".xlsx"):
                data = normalised(data)
            elif name == "docProps/core.xml":
                data = _STAMP.sub(_FIXED_STAMP, data)
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(info, data)
    return content.getvalue()
