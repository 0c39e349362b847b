"""Branching: forks of replies, their tree, what may come next."""
