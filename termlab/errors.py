"""Every failure termlab reports to a person, and the exit code each one ends a command with.

A message says what was tried, on what, and what to do next. Foreign errors are translated into
these once, where they enter, with ``raise ... from``.
"""


class TermlabError(Exception):
    """A failure with a message for a person. ``exit_code`` is what a command ends with."""

    exit_code = 1


class UsageError(TermlabError):
    """The words of a command, a key or an option are wrong."""

    exit_code = 2


class TargetError(TermlabError):
    """There is no such session, window, pane or run."""

    exit_code = 3


class ServerError(TermlabError):
    """The server can't be reached, started or understood."""

    exit_code = 4


class SpawnError(TermlabError):
    """A command could not be started in a PTY."""

    exit_code = 5


class RecordingError(SpawnError):
    """A file can't be played: it is missing, unreadable, or no recording."""


class PtyError(TermlabError):
    """A PTY was asked for something it can't do: a bad size, or anything after it was closed."""


class EngineError(TermlabError):
    """The emulator engine is missing or not the one this version was built for."""

    exit_code = 4


class WireError(TermlabError):
    """A peer sent something that is not this protocol, too large, or cut short."""

    exit_code = 4


class StoreError(TermlabError):
    """The file of runs can't be opened, read or written."""


class WaitTimeout(TermlabError):
    """What ``wait`` waited for did not happen in time."""

    exit_code = 124
