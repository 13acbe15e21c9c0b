"""What edit pages of records show: forms, what others changed meanwhile, what fields are called."""
