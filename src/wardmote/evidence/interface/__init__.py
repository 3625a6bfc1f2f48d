"""The one public door of the core: what the command line and the web may ask of the evidence.

Every function is thin: it opens what is needed and hands the question on. Heavy libraries are imported where they are
needed, so that importing this package costs nothing. Nothing here prints, and nothing asks the clock: `now` and `as_at`
are arguments. The questions lie by subject in the modules of this package; callers name them from here.
"""

from typing import TYPE_CHECKING

from wardmote.evidence.interface.claims import (
    check_files,
    check_report_path,
    describe_check,
    write_check_report,
)
from wardmote.evidence.interface.doors import (
    Audience,
    Progress,
    ignore_progress,
)
from wardmote.evidence.interface.figures import (
    ask_figures,
    check_indicator,
    describe_figures,
    describe_indicator,
    describe_trace,
    list_indicators,
    open_evidence,
    trace_figure,
    write_value,
)
from wardmote.evidence.interface.loading import (
    fetch_police_files,
    find_refused,
    get_load,
    list_loads,
    list_police_kinds,
    list_refused,
    load_files,
    open_store,
    undo_load,
)
from wardmote.evidence.interface.plans import (
    AMBER_WITHIN_PCT,
    check_plan_reports,
    choose_plans,
    decode_indicator,
    decode_target,
    decode_value,
    describe_plan_file,
    describe_statuses,
    encode_indicator,
    encode_target,
    encode_value,
    judge_plan,
    list_by_urgency,
    list_target_changes,
    read_plan_file,
    read_plans,
    write_plan_file,
    write_plan_reports,
    write_plan_template,
)
from wardmote.evidence.interface.reports import (
    PARTNERSHIP_FOLDER,
    Demo,
    WrittenAssessment,
    assess,
    build_demo,
    compare_states,
    describe_comparison,
    export_element,
    find_partnership_folder,
    list_elements,
    plan_assessment,
)

if TYPE_CHECKING:
    from wardmote.evidence.store.manifest import LoadRecord as LoadRecord

__all__ = [
    "AMBER_WITHIN_PCT",
    "PARTNERSHIP_FOLDER",
    "Audience",
    "Demo",
    "Progress",
    "WrittenAssessment",
    "ask_figures",
    "assess",
    "build_demo",
    "check_files",
    "check_indicator",
    "check_plan_reports",
    "check_report_path",
    "choose_plans",
    "compare_states",
    "decode_indicator",
    "decode_target",
    "decode_value",
    "describe_check",
    "describe_comparison",
    "describe_figures",
    "describe_indicator",
    "describe_plan_file",
    "describe_statuses",
    "describe_trace",
    "encode_indicator",
    "encode_target",
    "encode_value",
    "export_element",
    "fetch_police_files",
    "find_partnership_folder",
    "find_refused",
    "get_load",
    "ignore_progress",
    "judge_plan",
    "list_by_urgency",
    "list_elements",
    "list_indicators",
    "list_loads",
    "list_police_kinds",
    "list_refused",
    "list_target_changes",
    "load_files",
    "open_evidence",
    "open_store",
    "plan_assessment",
    "read_plan_file",
    "read_plans",
    "trace_figure",
    "undo_load",
    "write_check_report",
    "write_plan_file",
    "write_plan_reports",
    "write_plan_template",
    "write_value",
]
