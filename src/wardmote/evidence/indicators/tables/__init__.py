"""Tables that are not monthly cubes: one module each, one function each."""

from collections.abc import Callable

from wardmote.evidence.indicators.answers import Answer
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.indicators.questions import Question
from wardmote.evidence.indicators.tables.official import answer_official
from wardmote.evidence.indicators.tables.partner import answer_partner
from wardmote.evidence.indicators.tables.roads import answer_casualties, answer_collisions
from wardmote.evidence.indicators.tables.stops import answer_stops
from wardmote.evidence.indicators.tables.waste import answer_fly_tipping
from wardmote.evidence.store.snapshot import Snapshot

TABLE_ANSWERS: dict[str, Callable[[Snapshot, Places, Question], Answer]] = {
    "recorded_crime": answer_official,
    "fly_tipping": answer_fly_tipping,
    "collisions": answer_collisions,
    "casualties": answer_casualties,
    "partner_counts": answer_partner,
    "stop_search_rows": answer_stops,
}
