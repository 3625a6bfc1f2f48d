"""A duty, its evidence and a data drop, for the truth table of all pages. The drop is the contributor's agency's."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from support.web.world import TODAY, World
from wardmote.web.governance.duties.actions import record_done
from wardmote.web.governance.duties.drop_actions import open_quarters, receive_drop
from wardmote.web.governance.duties.models import DataDrop
from wardmote.web.partnerships.interface import Role

WORDS = {"duty_key": "protection-order-end"}
#: A contributor removes what they brought themselves; the coordinator brought this one.
ASK_MORE = {"remove_drop_file": {Role.COORDINATOR}}


def make_objects(world: World) -> dict[str, Any]:
    by, partnership = world.people[Role.COORDINATOR], world.partnership
    note = SimpleUploadedFile("note.txt", f"extended in {partnership.slug}".encode())
    done = record_done(
        partnership=partnership, key="protection-order-end", done_on=date(2026, 5, 1), title="Order extended",
        upload=note, by=by,
    )  # fmt: skip
    open_quarters(partnership=partnership, today=TODAY, by=by)
    drop = DataDrop.objects.get(partnership=partnership, category="police-crime")
    table = SimpleUploadedFile("drop.csv", b"Date,Hour,Ward,Category\n2026-07-03,14,Zell East,Theft\n")
    file = receive_drop(drop=drop, upload=table, received_on=TODAY, by=by)
    return {"duty_done": done, "data_drop": drop, "drop_file": file}
