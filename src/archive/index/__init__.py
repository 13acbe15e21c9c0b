"""The search index: what an engine must offer, the engines, and what keeps them up to date."""
