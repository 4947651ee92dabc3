"""How fast the product is, beside plainer ways of doing the same: ``python -m benchmarks``.

Figures of one machine mean little on another, so what is printed are ratios: both sides run by
turns, on the same real parts, in the same minutes.
"""
