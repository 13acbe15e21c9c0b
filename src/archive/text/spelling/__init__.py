"""What a misspelt word was meant to be: single slips, sounds written otherwise, missing å, ä, ö."""
