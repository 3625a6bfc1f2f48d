"""The sample's agencies and the invented persons who work with its plan."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from wardmote.evidence.model.errors import DefinitionError


@dataclass(frozen=True, slots=True)
class SampleAgency:
    """An invented body: `key` is how the sample's files name it, `kind` what sort of body it is."""

    key: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """An invented person: name, address, the key of their agency, roles, and the priorities that a lead answers for."""

    name: str
    email: str
    agency: str
    post: str
    roles: tuple[str, ...]
    leads: tuple[int, ...] = ()


@cache
def list_sample_agencies() -> tuple[SampleAgency, ...]:
    """Which eight bodies make up the sample partnership?"""
    return tuple(SampleAgency(**entry) for entry in _read()["agencies"])


@cache
def list_sample_people() -> tuple[SamplePerson, ...]:
    """Who works with the sample plan: fourteen persons, every role at least once?"""
    return tuple(
        SamplePerson(**{**entry, "roles": tuple(entry["roles"]), "leads": tuple(entry.get("leads", ()))})
        for entry in _read()["people"]
    )


def find_agency(key: str) -> SampleAgency:
    """Which agency has this key? Raises DefinitionError where none has."""
    for agency in list_sample_agencies():
        if agency.key == key:
            return agency
    raise DefinitionError(f"there is no agency '{key}'", where="the sample's people.yaml")


def _read() -> Any:
    return yaml.safe_load((files("wardmote.catalogue") / "sample" / "plan" / "people.yaml").read_text(encoding="utf-8"))
