"""Hard sets for alignment, made of the Universal Declaration of Human Rights."""
