"""Words: normalised, analysed into index terms, asked for in our query language, shown in snippets."""
