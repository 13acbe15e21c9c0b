"""Word documents made for tests, part by part."""

from tests.ingest.extractors.packages import zipped

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
STYLES = (
    f'<w:styles xmlns:w="{_W}">'
    '<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Egen"/><w:basedOn w:val="Rubrik1"/>'
    "</w:style>"
    "</w:styles>"
)
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def paragraph(text: str, style: str = "", extra: str = "", properties: str = "") -> str:
    """Return one paragraph; `extra` is mark-up behind its run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r>{extra}</w:p>"


def document(body: str, parts: dict[str, str] | None = None, strict: bool = False) -> bytes:
    """Return a document; `parts` are further parts by file name ("comments.xml"), each its root's inside.

    Each part is related to the document by its name without number and suffix.
    """
    parts = parts or {}
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_R}/{name.rstrip(".xml0123456789")}" Target="{name}"/>'
        for number, name in enumerate(parts)
    )
    relations += (
        f'<Relationship Id="link" Type="{_R}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
    )
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relationships(
            f'<Relationship Id="a" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relationships(relations),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    for name, inside in parts.items():
        members[f"word/{name}"] = (
            inside if inside.startswith("<w:styles") else f"<w:part {_NAMESPACES}>{inside}</w:part>"
        )
    if strict:
        members = {
            name: text.replace(_W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
            for name, text in members.items()
        }
    return zipped(members)


def _relationships(inside: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
