"""From paths to stored originals: what is taken in, and what a seminar's folder says of it."""
