"""How is each of the sample's files loaded: by which source, together with which others, under which settings?"""

from collections.abc import Mapping, Sequence

#: What a file of boundaries holds; the publisher's files do not say it in a form that a machine can rely on.
BOUNDARY_SETS = {
    "boundaries/lsoa11.geojson": "lsoa@2011",
    "boundaries/lsoa21.geojson": "lsoa@2021",
    "boundaries/wards2017.geojson": "ward@2017",
    "boundaries/wards2024.geojson": "ward@2024",
    "boundaries/districts2024.geojson": "district@2024",
}
#: Look-ups first: other sources may ask them where an area lies. Places and people next, then what is counted.
_ORDER = (
    "ons-lookups",
    "boundaries",
    "ons-population",
    "imd",
    "ons-csp-tables",
    "police-street",
    "police-outcomes",
    "police-stop-search",
    "fly-tipping",
    "stats19",
    "partner",
)


def list_loads(files: Mapping[str, Sequence[str]]) -> list[dict[str, object]]:
    """Return the loads in their order: source, paths and settings, every path relative to the sample's folder.

    Boundaries take one load a file, because the set of areas is a setting of the load. So do the official tables and
    the look-ups: each repeats a part of the one before it, and a later load supersedes an earlier one without a word.
    The partner's mapping file is a setting, and not a path to load.
    """
    loads: list[dict[str, object]] = []
    for source in _ORDER:
        paths = list(files[source])
        if source == "boundaries":
            loads += [_load(source, [path], {"set": BOUNDARY_SETS[path]}) for path in paths]
        elif source == "partner":
            mapping = next(path for path in paths if path.endswith(".yaml"))
            loads.append(_load(source, [path for path in paths if path != mapping], {"mapping": mapping}))
        else:
            loads += [_load(source, batch, {}) for batch in _batch(source, paths)]
    return loads


def _batch(source: str, paths: list[str]) -> list[list[str]]:
    return [[path] for path in paths] if source in ("ons-lookups", "ons-csp-tables") else [paths]


def _load(source: str, paths: list[str], settings: dict[str, str]) -> dict[str, object]:
    return {"source": source, "paths": paths, "settings": settings}
