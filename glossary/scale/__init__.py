"""The long part of a build on any number of processes or machines, with the same result on each.

A bitext or a single document is a unit; units are aligned and scored in chunks. What comes of a unit depends on it and
on the model state alone, chunks are gathered in their order, and so the number of workers changes nothing.
"""
