"""Help around a search: spelling, suggestions while typing, what to do without hits, similar slides."""
