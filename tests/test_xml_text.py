"""Text of other people is text that XML parsers take."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archive.xml_text import xml_text

_ANY = st.text(st.one_of(st.characters(), st.sampled_from("\x00\x01\x0b\x1f\x7f\ud800\udfff\ufffe\uffff")))


@given(_ANY)
def test_any_text_is_taken_by_a_parser_of_xml(text: str) -> None:
    element = etree.Element("a")
    element.text = xml_text(text)
    assert etree.fromstring(etree.tostring(element)).text in (element.text or None, element.text)


def test_only_what_xml_does_not_have_is_left_out() -> None:
    assert xml_text("å\t\n\x00\x0b𝄞\ud83d\ufffe\uffff\ufffd <&>") == "å\t\n𝄞\ufffd <&>"
