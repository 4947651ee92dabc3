"""A site with one view that does no more than it must: what the product's POST is held against."""
