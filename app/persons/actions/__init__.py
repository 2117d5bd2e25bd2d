"""What is done to whole records."""
