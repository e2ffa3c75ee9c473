"""The values everything else speaks about: frozen, and without a clock or a disk."""
