"""Generates stubs before the tests, which import them, are read."""

import stubs

stubs.generate()
