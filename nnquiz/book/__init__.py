"""Answers as pages for a browser, one or all in a book. Pure: questions in, text out."""
