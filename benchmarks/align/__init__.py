"""How good and how fast translation alignment is, peers in the same run."""
