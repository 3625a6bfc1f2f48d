"""Nothing is written but inside `writing`, which does all or nothing and tells the trail."""

import json

import pytest

from support.web.world import make_person
from wardmote.web.foundation.models import AuditEntry, AuditHead
from wardmote.web.foundation.privacy import Privacy
from wardmote.web.foundation.writes import UnauditedWriteError, describe_value, writing
from wardmote.web.partnerships.models import Organisation, Partnership, Person

pytestmark = pytest.mark.django_db


def make_partnership(slug: str = "ashmere") -> Partnership:
    with writing(by=None, verb="test.made"):
        return Partnership.objects.create(name=slug.title(), slug=slug)


def read_last() -> dict:
    return json.loads(AuditEntry.objects.order_by("pk").last().body)


def test_record_saved_outside_is_refused() -> None:
    partnership = make_partnership()
    partnership.return_days = 10
    with pytest.raises(UnauditedWriteError, match=r"partnerships\.partnership"):
        partnership.save()
    assert Partnership.objects.get().return_days == 28


@pytest.mark.parametrize("attempt", [
    lambda: Partnership.objects.update(return_days=1),
    lambda: Partnership.objects.all().delete(),
    lambda: Partnership.objects.bulk_update(list(Partnership.objects.all()), ["return_days"]),
    lambda: Partnership.objects.bulk_create([Partnership(name="B", slug="b")]),
    lambda: Partnership.objects.create(name="B", slug="b"),
    lambda: Partnership.objects.get().delete(),
    lambda: Person.objects.update(name="B"),
])  # fmt: skip
def test_every_way_round_the_trail_is_closed(attempt) -> None:
    make_partnership()
    entries = AuditEntry.objects.count()
    with pytest.raises(UnauditedWriteError):
        attempt()
    assert AuditEntry.objects.count() == entries


def test_many_at_once_are_refused_inside_too_but_for_adding() -> None:
    with writing(by=None, verb="test.made"):
        Organisation.objects.bulk_create([Organisation(name=name, kind="police") for name in "AB"])
        with pytest.raises(UnauditedWriteError):
            Organisation.objects.update(name="C")
    assert [change["values"]["name"] for change in read_last()["changes"]] == ["A", "B"]


def test_entry_says_who_what_why_and_the_fields_before_and_after() -> None:
    person, partnership = make_person("a@ashmere.example.org"), make_partnership()
    with writing(by=person, verb="test.changed", partnership=partnership, subject=partnership, reason="a slow quarter"):
        partnership.return_days = 35
        partnership.save()
    entry = read_last()
    assert entry["by"] == str(person.pk)
    assert (entry["verb"], entry["reason"], entry["subject"]) == ("test.changed", "a slow quarter", str(partnership.pk))
    assert entry["changes"] == [
        {
            "kind": "changed",
            "of": "partnerships.partnership",
            "id": str(partnership.pk),
            "values": {"return_days": [28, 35]},
        }
    ]


def test_saving_what_has_not_changed_leaves_no_change_behind() -> None:
    partnership = make_partnership()
    with writing(by=None, verb="test.looked"):
        partnership.save()
    assert read_last()["changes"] == []


def test_failure_leaves_neither_the_record_nor_the_entry() -> None:
    partnership = make_partnership()
    entries = AuditEntry.objects.count()

    def break_off() -> None:
        with writing(by=None, verb="test.broken", partnership=partnership):
            partnership.return_days = 1
            partnership.save()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert Partnership.objects.get().return_days == 28
    assert AuditEntry.objects.count() == entries
    assert not AuditHead.objects.filter(chain=str(partnership.pk)).exists()


def test_write_within_a_write_has_its_own_entry() -> None:
    partnership = make_partnership()
    with writing(by=None, verb="test.outer", partnership=partnership):
        partnership.return_days = 1
        partnership.save()
        with writing(by=None, verb="test.inner", partnership=partnership):
            partnership.return_days = 2
            partnership.save()
    verbs = AuditEntry.objects.filter(chain=str(partnership.pk)).order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["test.inner", "test.outer"]


def test_account_written_by_the_sign_in_library_is_audited() -> None:
    person = make_person("a@ashmere.example.org")
    person.set_password("another long pass phrase")
    person.save()
    entry = read_last()
    assert entry["verb"] == "people.account_written"
    assert entry["changes"][0]["values"] == {"password": ["(withheld)", "(withheld)"]}


def test_names_and_addresses_stay_out_of_the_trail() -> None:
    make_person("zebedee@ashmere.example.org", name="Zebedee Quill")
    everything = " ".join(AuditEntry.objects.values_list("body", flat=True))
    assert "zebedee" not in everything.lower()
    assert "Quill" not in everything


@pytest.mark.parametrize(("label", "value", "said"), [
    (Privacy.NONE, 3, 3),
    (Privacy.ORGANISATION, "Police", "Police"),
    (Privacy.PERSON, "", ""),
    (Privacy.SECRET, "digest", "(withheld)"),
    (Privacy.SECRET, None, ""),
])  # fmt: skip
def test_value_is_said_as_its_label_allows(label, value, said) -> None:
    assert describe_value(label, value) == said


def test_equal_private_values_are_told_to_be_equal_without_being_told() -> None:
    first, second = describe_value(Privacy.PERSON, "Quill"), describe_value(Privacy.PERSON, "Quill")
    assert first == second != describe_value(Privacy.PERSON, "Quell")
    assert "Quill" not in first
