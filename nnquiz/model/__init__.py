"""The values everything else speaks about: frozen, without behaviour that needs a clock or a disk."""
