"""The sample shows what the library is for."""

import pytest

from support.web.world import TODAY, make_world
from wardmote.web.governance.library.models import GlossaryTerm, SharedDocument, Theme
from wardmote.web.governance.library.themes import show_theme
from wardmote.web.partnerships.states import Role
from wardmote.web.project.sample_library import load_library


@pytest.mark.django_db
def test_sample_has_a_stale_theme_and_a_board_that_is_behind() -> None:
    world = make_world("ashmere")
    load_library(world.partnership, by=world.people[Role.COORDINATOR], today=TODAY)
    stale = [theme.title for theme in Theme.objects.all() if show_theme(theme, TODAY).is_stale]
    assert "Cuckooing in sheltered housing" in stale
    assert SharedDocument.objects.count() == 5
    assert GlossaryTerm.objects.count() == 5
    page = world.sign_in(Role.COORDINATOR).get("/p/ashmere/governance/shared-documents/").content.decode()
    assert "1 board holds an older version" in page
