"""What hypothesis tries on the text modules."""

from hypothesis import strategies as st

# Any character, halves of surrogate pairs among them, and many of those that mean something to a reader.
any_text = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Cf", "Zs", "Mn", "Lm"]),
        st.sampled_from("aåäöÅé \t\r\n\u2028\u00ad\u200b\ufb01’':&+#-_.,*\"()0123456789"),
    ),
    max_size=120,
)

_words = st.sampled_from(
    [
        "kompetens",
        "Region",
        "och",
        "den",
        "EU:s",
        "R&D",
        "C++",
        "1,5",
        "smart-grid",
        "grön",
        "a",
        "åäö",
        "pdf:er",
    ]
)
_fields = st.sampled_from(
    ["titel", "Talare", "org", "län", "fokus", "event", "notes", "år", "typ", "språk", "okänd", ""]
)
_values = st.sampled_from(["2019", "2019-2022", "2022–1800", "rapport", "sv", "deck", "en", "nonsens", "1"])
_signs = st.sampled_from(
    [
        " OR ",
        " ELLER ",
        " AND ",
        " OCH ",
        " NOT ",
        " INTE ",
        "(",
        ")",
        "-",
        "*",
        '"',
        "”",
        " ",
        " ",
        " ",
        ":",
        "?",
    ]
)
_fielded = st.builds("{}:{}".format, _fields, st.one_of(_words, _values))
_quoted = st.builds('"{} {}"'.format, _words, _words)

questions = st.lists(st.one_of(_words, _signs, _signs, _fielded, _quoted), max_size=60).map("".join)
"""Texts in the shape of questions, well-formed and not."""

page_texts = st.lists(
    st.one_of(
        _words,
        st.sampled_from([" ", " ", "\n", ", ", "<b>", "&amp;", "kompetensen", "regionerna", "gröna"]),
        any_text.filter(lambda text: len(text) < 20),
    ),
    max_size=40,
).map("".join)
"""Texts such as pages hold them, with what questions ask for in them."""
