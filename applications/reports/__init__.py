"""Reports: what has happened, as files for people. Made of rows, kept in the object store."""
