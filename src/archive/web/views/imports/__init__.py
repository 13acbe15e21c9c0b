"""Pages of imports, for staff: what is read, looked over, published and taken back."""
