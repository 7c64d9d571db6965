"""What all tests share: property tests run the same examples each time, and no clock fails them."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
