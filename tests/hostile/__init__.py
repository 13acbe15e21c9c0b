"""Files that mean harm: each ends in a category, and the next file is read. `campaign.py` counts."""
