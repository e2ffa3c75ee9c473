"""What to study: the memory model, the queue and the course of a drill; pure."""
