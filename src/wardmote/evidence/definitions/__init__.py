"""Catalogue files become checked, frozen objects; what is wrong with one is located by file and line."""
