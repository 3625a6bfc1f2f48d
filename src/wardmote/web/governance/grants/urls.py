"""Addresses of `grants`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.governance.grants.views import bids, grants, ledger

_GRANT = "governance/grants/<uuid:grant_id>/"
_COMMITMENT = f"{_GRANT}commitments/<uuid:commitment_id>/"
_BID = "governance/bids/<uuid:bid_id>/"

partnership_urls: list[URLPattern | URLResolver] = [
    path("governance/grants/", grants.list_grants, name="grants"),
    path("governance/grants/new/", grants.make_grant, name="make_grant"),
    path("governance/grants/ledger.<slug:table_form>", ledger.download_ledger, name="ledger_file"),
    path(_GRANT, grants.show_grant, name="grant"),
    path(f"{_GRANT}change/", grants.change_grant, name="change_grant"),
    path(f"{_GRANT}award/", grants.change_award, name="change_award"),
    path(f"{_GRANT}years/", grants.set_grant_years, name="set_grant_years"),
    path(f"{_GRANT}match/", grants.record_match, name="record_match"),
    path(f"{_GRANT}move/", grants.move_money, name="move_money"),
    path(f"{_GRANT}ledger/", ledger.show_ledger, name="grant_ledger"),
    path(f"{_GRANT}ledger/<uuid:ledger_entry_id>/reverse/", ledger.reverse_entry, name="reverse_entry"),
    path(f"{_GRANT}commitments/new/", grants.add_commitment, name="add_commitment"),
    path(_COMMITMENT, ledger.show_commitment, name="commitment"),
    path(f"{_COMMITMENT}change/", ledger.change_commitment, name="change_commitment"),
    path(f"{_COMMITMENT}spend/", ledger.record_spend, name="record_spend"),
    path(f"{_COMMITMENT}outputs/new/", ledger.add_output, name="add_output"),
    path(f"{_COMMITMENT}outputs/<uuid:grant_output_id>/delivered/", ledger.record_delivery, name="record_delivery"),
    path("governance/bids/", bids.list_bids, name="bids"),
    path("governance/bids/new/", bids.make_bid, name="make_bid"),
    path(_BID, bids.show_bid, name="bid"),
    path(f"{_BID}change/", bids.change_bid, name="change_bid"),
    path(f"{_BID}move/", bids.move_bid, name="move_bid"),
    path(f"{_BID}grant/", bids.make_grant_from_bid, name="make_grant_from_bid"),
]
