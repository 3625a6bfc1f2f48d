"""What each field may give away. Every field of every record has a label; a check refuses to start without.

The labels decide what the audit trail writes down of a change: `none` and `organisation` with both values, `free_text`
and `person` as changed, with a keyed digest by which two values can be told to be equal, `secret` as changed alone.
"""

from enum import StrEnum


class Privacy(StrEnum):
    """Who could be hurt if the field were read by somebody it is not meant for."""

    NONE = "none"  # keys, dates, codes, figures of the plan
    ORGANISATION = "organisation"  # names of bodies and texts about their work, meant for the partnership
    FREE_TEXT = "free_text"  # typed by a person: may name somebody by mistake
    PERSON = "person"  # tells who somebody is
    SECRET = "secret"  # digests of passwords and links
