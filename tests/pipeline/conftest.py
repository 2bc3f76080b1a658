"""Random pages are the same on every run: a test that passes once passes everywhere (`make soak` draws others)."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("zhengce", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("zhengce")
