"""The two ways in which pmdesk says no; each carries one sentence for the person."""


class PmdeskError(Exception):
    """What happened, where, and what to do, in one sentence that can be shown as it is."""


class RefusedError(PmdeskError):
    """An action, an undo or an input that can't be carried out; nothing was changed."""


class DeskUnusableError(PmdeskError):
    """A desk file that can't be opened or written; it was left as it is."""


class DeskDamagedError(DeskUnusableError):
    """A desk file whose content SQLite can't make sense of."""
