"""What pages say of what is sent in by people who are not staff."""
