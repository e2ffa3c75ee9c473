"""The commands: their options, and which rooms they open."""
