"""The two tiers: a county reads its districts' plans and rolls their indicators up; a district sees where it stands."""
