"""What a fresh installation shows: positions and a consent text, in files that writers can edit."""
