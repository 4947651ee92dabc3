"""What people of ours decide about an application."""
