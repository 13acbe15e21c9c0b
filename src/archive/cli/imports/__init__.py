"""`archive import`: what is read out of a seminar's page, published, listed and taken back."""
