"""Words that tell what is behind a link."""
