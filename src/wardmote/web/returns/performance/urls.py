"""Addresses of the performance pages, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path, re_path

from wardmote.web.returns.performance.views import dashboard, documents, exceptions, indicator, plan_files

_KEY = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

partnership_urls: list[URLPattern | URLResolver] = [
    path("performance/", dashboard.show_dashboard, name="dashboard"),
    path("performance/exceptions/", exceptions.show_exceptions, name="exceptions"),
    path("performance/documents/", documents.list_issued, name="documents"),
    path("performance/documents/new/", documents.issue_report, name="issue_report"),
    path("performance/documents/<uuid:document_id>/file", documents.download_document, name="download_document"),
    path("performance/documents/<uuid:document_id>/settle/", documents.settle_issued, name="settle_document"),
    path("performance/indicators/<uuid:indicator_id>/", indicator.show_indicator, name="indicator"),
    re_path(
        rf"^performance/indicators/(?P<indicator_id>{_KEY})/values\.(?P<form>csv|json)$",
        indicator.download_indicator,
        name="download_indicator",
    ),
    path("performance/indicators/<uuid:indicator_id>/status/", indicator.change_override, name="set_override"),
    path("performance/overrides/<uuid:override_id>/lift/", indicator.end_override, name="lift_override"),
    path("performance/plans/import/", plan_files.import_plan, name="import_plan"),
    path("performance/plans/import/keep/", plan_files.confirm_import, name="confirm_import"),
    path("performance/plans/template.xlsx", plan_files.download_template, {"form": "xlsx"}, name="plan_template"),
    path("performance/plans/template.csv", plan_files.download_template, {"form": "csv"}, name="plan_template_csv"),
    path("performance/plans/<uuid:plan_id>/files/", plan_files.list_exports, name="list_exports"),
    re_path(
        rf"^performance/plans/(?P<plan_id>{_KEY})/plan\.(?P<form>json|yaml|xlsx)$",
        plan_files.export_plan,
        name="export_plan",
    ),
]
