"""What the page of a basket shows, and what files say of the sources of its slides."""
