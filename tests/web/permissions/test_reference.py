"""The page about who may do what says what the code says."""

import os
from pathlib import Path

import pytest

from support.web.pages import list_pages
from support.web.world import make_world
from wardmote.web.partnerships.permissions import can
from wardmote.web.partnerships.states import Role

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "permissions.md"
HEAD = """# Who may see which page

Every page of a partnership, the ability that its view declares, and the roles that have it. Written by
`scripts/write_permissions.py`; a test holds it to the code, and another asks every page as every role.

Roles are held in a partnership. Who has none there is answered as if it did not exist (404), and so is everybody for a
record of another partnership. A role that may see a page may still be refused a thing on it: a contributor another
agency's return, a lead another's priority, an analyst the target of an adopted plan.

"""


def render_page() -> str:
    world = make_world("reference")
    lines = ["| Address | Ability | " + " | ".join(role.label for role in Role) + " |", "|---" * (len(Role) + 2) + "|"]
    for page in list_pages():
        marks = ["yes" if can(world.people[role], page.ability, world.partnership) else "–" for role in Role]
        address = page.route.removeprefix("p/<slug:slug>").replace("|", "\\|")
        lines.append(f"| `{address}` | `{page.ability}` | " + " | ".join(marks) + " |")
    return HEAD + "\n".join(lines) + "\n"


@pytest.mark.django_db
def test_page_about_permissions_says_what_the_code_says() -> None:
    expected = render_page()
    if os.environ.get("WARDMOTE_WRITE_PERMISSIONS"):
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(expected, encoding="utf-8")
    assert PAGE.read_text("utf-8") == expected, "run scripts/write_permissions.py"
