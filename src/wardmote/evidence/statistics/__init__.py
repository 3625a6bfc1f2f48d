"""Pure functions on NumPy arrays: every published method that a figure may rest on, one module each.

Missing is `nan`, everywhere and only that; zero is a count. Nothing here reads a file, the clock or a global
random state: a generator is an argument. Each method has a page in `docs/methods/`.
"""
