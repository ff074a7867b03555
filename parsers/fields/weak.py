"""A value that leans on another: a type of text, which a compiled module cannot hold."""


class Weak(str):
    """A value that counts only when nothing stronger says something else."""

    __slots__ = ()
