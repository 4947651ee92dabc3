"""The whole system on one machine: for ``make run``, the journeys, the faults and the benchmarks.

Real parts, each a supervised child process on loopback with its data in one folder. Not for
production: there, docker-compose.yml or a service manager does this work.
"""
