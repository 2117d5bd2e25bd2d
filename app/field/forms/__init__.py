"""The forms of helpers: filled in standing, on a phone held in one hand."""
