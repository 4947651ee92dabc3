"""What people of ours do with an application: from its page, and with many at once."""
