"""What the pages of imports show, and the form with which staff look an import over."""
