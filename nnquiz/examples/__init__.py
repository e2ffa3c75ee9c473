"""Worked examples: the mathematics of the answers, executed in numpy step by step.

`catalogue` knows the names and costs nothing to import; everything else imports numpy.
"""
