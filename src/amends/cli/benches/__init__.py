"""What `amends bench` can measure, one file each with `NAME`, `HELP`, `configure(parser)` and `run(args)`.

Figures of speed live here and nowhere else: a test that fails on a busy machine tells nobody anything.
"""
