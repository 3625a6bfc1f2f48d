"""No form calls a box of its own as the pages of forms call what they remember of a record."""

from collections.abc import Iterator

from django import forms
from django.urls import get_resolver

from wardmote.web.foundation.overtaken import SEEN

#: What `watch` and `is_overtaken` hang onto a form, where a template would find the box instead.
TAKEN = frozenset({SEEN, "overtaken", "watched"})


def list_forms(kind: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for one in kind.__subclasses__():
        yield one
        yield from list_forms(one)


def test_no_form_has_a_box_named_like_what_is_remembered() -> None:
    assert get_resolver().url_patterns  # reads every view, and with them every form
    ours = [one for one in list_forms() if one.__module__.startswith("wardmote.")]
    assert len(ours) > 50
    wrong = [one.__qualname__ for one in ours if TAKEN & set(getattr(one, "base_fields", {}))]
    assert not wrong
