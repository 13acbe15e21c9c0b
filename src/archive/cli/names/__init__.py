"""`archive person` and `archive organisation`: what the pages of names do."""
