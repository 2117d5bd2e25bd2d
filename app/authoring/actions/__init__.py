"""What a trainer does in the studio, one file for each matter."""
