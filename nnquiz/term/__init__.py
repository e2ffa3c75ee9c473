"""The terminal: keys, and how texts, examples and a drill are drawn."""
