"""Figures: what is measured, against which gold, peers and floors."""
