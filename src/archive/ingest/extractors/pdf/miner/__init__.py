"""Miner."""
