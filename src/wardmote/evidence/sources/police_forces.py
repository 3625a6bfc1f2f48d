"""Which force is meant: the slug of the publisher's file names, from the name that the rows carry."""

from functools import cache

from wardmote.evidence.definitions.files import parse_yaml, read_catalogue_text
from wardmote.evidence.model.errors import DefinitionError

_FILE = "places/forces.yaml"


@cache
def slugs_by_name() -> dict[str, str]:
    """The slug for every spelling of a force's name that the publisher has used."""
    body = parse_yaml(read_catalogue_text(_FILE), f"catalogue/{_FILE}")
    try:
        forces = [*body["forces"], *body["invented"]]
        return {str(name): str(f["slug"]) for f in forces for name in (f["name"], *f.get("also", ()))}
    except (KeyError, TypeError) as error:
        raise DefinitionError("a force has no slug or name", where=f"catalogue/{_FILE}") from error


def is_known_slug(slug: str) -> bool:
    """Whether a file's name names a force: of the catalogue, or the invented one of the sample."""
    return slug in slugs_by_name().values()


def names_of(slug: str) -> str:
    """How the force of this slug is named in its rows, for messages; the slug itself for a force unknown here."""
    return next((name for name, known in slugs_by_name().items() if known == slug), slug)
