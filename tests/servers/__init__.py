"""Real servers that tests start, each on a loopback address, in a folder of its own, and stop at the end."""
