"""What the addresses of places need: they name an indicator of the catalogue, and no record."""

from typing import Any

from support.web.world import World

WORDS = {"indicator": "burglary_rate"}


def make_objects(world: World) -> dict[str, Any]:
    return {}
