"""Commands for a whole archive that goes elsewhere: to other parts, or out of the archive altogether."""
