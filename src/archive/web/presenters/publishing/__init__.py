"""What the pages for publishing say: a form's values, where they come from, and what there is to look at."""
