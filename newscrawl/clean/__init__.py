"""Taking out of the text what the author did not write, reversibly."""
