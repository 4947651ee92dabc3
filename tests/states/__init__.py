"""Every state of every page that people see: one list for the tests and for the pictures."""
