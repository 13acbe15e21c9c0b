"""Answers that are made while they are sent: at the pace of the client, not at the cost of other answers."""
