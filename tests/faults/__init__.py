"""What is promised, tried with real servers and real signals: ``python -m tests.faults``."""
