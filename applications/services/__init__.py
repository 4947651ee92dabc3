"""What the domain does: the only writers that views call."""
