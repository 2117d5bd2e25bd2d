"""Reads about whole records."""
