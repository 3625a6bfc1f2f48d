"""What a partnership promised, what it reports, and what may honestly be said about the two.

Pure: values in, values out. Reading an action plan from a file is `sources.action_plan`; writing the performance
report is `reports.performance`.
"""
