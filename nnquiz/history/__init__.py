"""The review log: an adapter between the events of the model and a file of SQLite."""
