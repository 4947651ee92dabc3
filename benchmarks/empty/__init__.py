"""Runs and chains that do nothing: what remains is what the carrying costs."""
