"""Takes out of sheets what they would have LibreOffice fetch; the values that they last had stay.

They are other workbooks, data of other programs (DDE), of databases and of the web. Like `outside_links` it
finds words in the bytes.
"""

import re

_REACHING = rb"WEBSERVICE|DDE\s*\(|://|'file:|\[\d+\]"
# A formula of a workbook's cell; [1] is another workbook. The cell's value stands beside it.
_FORMULA = re.compile(rb"<f\b[^<>]*+>[^<]*?(?:" + _REACHING + rb")[^<]*+</f>", re.IGNORECASE)
_OPEN_FORMULA = re.compile(rb"\s[\w.-]+:formula\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_OPEN_REACHING = re.compile(rb"WEBSERVICE|DDE\s*\(|://|(?:'|&apos;)file:", re.IGNORECASE)
# Where a connection or a link to another program leads.
_SOURCE = re.compile(
    rb"(<(?:\w+:)?(?:webPr|textPr|dbPr|connection|ddeLink|oleLink)\b)((?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+>)"
)
_SOURCE_NAME = re.compile(
    rb"(\s(?:url|post|editPage|sourceFile|connection|command|odcFile|ddeService|ddeTopic|progId)\s*=\s*)"
    rb"(?:\"[^\"]*\"|'[^']*')"
)


def without_outside_cells(xml: bytes) -> bytes:
    """Return a part of a workbook without formulas, links and connections that lead out of it."""
    return _SOURCE.sub(lambda tag: tag[1] + _SOURCE_NAME.sub(rb'\1""', tag[2]), _FORMULA.sub(b"", xml))


def without_outside_formula(attributes: bytes) -> bytes:
    """Return the attributes of a cell of an OpenDocument sheet without a formula that leads out of it."""
    return _OPEN_FORMULA.sub(
        lambda formula: b"" if _OPEN_REACHING.search(formula[0]) else formula[0], attributes
    )
