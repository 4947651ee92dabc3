"""A chain of four empty tasks, carried by others: each as its manual begins, without tuning.

Each has a module with its tasks and a PEER, and works in a process of its own, in as many processes
as there are cores where one command can start so many. Where it has chains they are used; where it
has none, each task sends off the next.
"""
