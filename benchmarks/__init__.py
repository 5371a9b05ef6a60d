"""Benchmarks: each module measures one thing in plain Odoo and with the suite.

A module `<name>.py` has

* a docstring whose first line says what is measured,
* `GOAL`, the goal as a sentence,
* `prepare(env)`, not measured, whose result is passed on,
* `run(env, prepared)`, measured; what it changes is rolled back,
* `REPEAT` (optional): how often it runs, the best time counts,
* `PLAIN = False` (optional) if plain Odoo has nothing to compare with.

With `rows(env, prepared)` instead of `run` it measures both sides itself, in one
process, and returns dicts with `name`, `plain_s`, `ours_s`, `ratio`, `plain_queries`
and `our_queries`.

Where both can be compared in one process, it has `rows(env, prepared)` instead of
`run`: a list of dictionaries `name`, `plain_s`, `plain_queries`, `ours_s`,
`our_queries`.
"""
