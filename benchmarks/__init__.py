"""Measurements of what the project promises, always as ratios within one interleaved run."""
