"""`archive jobs`: what the page of jobs shows and does, on the command line."""
