"""Worked examples: the mathematics of the answers, executed in numpy step by step.

`catalogue` knows the names and `reference` reads a quoted number; both cost nothing to import.
Everything else imports numpy.
"""
