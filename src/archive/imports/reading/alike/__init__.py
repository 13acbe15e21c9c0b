"""What stands alike is read alike: the form of what is sure, for what is not. Begin with `item_forms.py`."""
