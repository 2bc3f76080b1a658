"""How a module of ours is run in a process of its own: the same Python, and the same packages on its path.

>>> module_command("crawler.probe")[1:]
['-m', 'crawler.probe']
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["module_command", "module_environment"]


def module_command(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def module_environment() -> dict[str, str]:
    """This process's environment, with the place of our packages first among those that Python looks in."""
    house = str(Path(__file__).parents[1])
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (house, os.environ.get("PYTHONPATH"))))}
