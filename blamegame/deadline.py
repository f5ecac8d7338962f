"""When a call must end: one value for time limits and Ctrl-C, passed down the whole call tree.

The contract, for every verb and every solver:

1. A public call takes ``time_limit: float | Deadline | None = None`` and begins with
   ``deadline = Deadline.of(time_limit)``. It hands ``time_limit=deadline`` to everything it calls. Nothing below makes
   a deadline of its own from seconds; what needs a smaller share of the time takes :meth:`Deadline.within`.
2. Work that can be cut short stands in ``with deadline:``. The block ends early at the first :meth:`Deadline.check`
   after the time is over, and on Ctrl-C; neither goes further up, and the value remembers which it was.
3. After the block ``deadline.stopped`` is ``""``, ``"time limit"`` or ``"interrupted"``. A stopped call returns what it
   has, is not complete, and says :attr:`Deadline.reason` in its status.
4. Every loop looks, and every loop *around* a call that took the deadline looks again after it: ``deadline.check()``
   inside a block, or ``if deadline.over: break``. Once over, a deadline stays over, so an inner solver that was stopped
   stops every loop above it. Where there is nothing to return, do without a block: :class:`OutOfTime`, or the
   ``KeyboardInterrupt`` again, goes up to the next one, or to the user.
5. Code that Python cannot interrupt (kernels, linear programmes) is called in slices of at most :data:`SLICE` seconds,
   with a look in between; :attr:`Deadline.left` is what remains.
6. Seconds spent compiling count against no limit: whoever compiles reports them to :func:`excuse`.

A call without a limit gets a deadline too: it is never late, but remembers an interrupt. Ctrl-C outside any block is an
ordinary ``KeyboardInterrupt``. Threads may share one deadline; a pickled one carries the seconds that are left.
"""

from __future__ import annotations

import math
from numbers import Real
from time import monotonic
from types import TracebackType
from typing import Any, Literal

from blamegame.errors import BlamegameError, GameError

Stopped = Literal["", "time limit", "interrupted"]

SLICE = 0.25
"""Seconds that code which cannot be interrupted should take at most between two looks."""


class OutOfTime(BlamegameError):
    """A time limit ran out before there was anything to return."""


class _Excused:
    """Seconds of this process that count against no limit; like the process's clock it only grows."""

    seconds = 0.0


def excuse(seconds: float) -> None:
    """Let ``seconds`` that have just passed, such as for compiling, count against no limit of this process."""
    _Excused.seconds += seconds


def _clock() -> float:
    return monotonic() - _Excused.seconds


def _checked(seconds: Any) -> float:
    if not isinstance(seconds, Real) or not float(seconds) >= 0:
        raise GameError(f"time_limit={seconds!r} is not a number of seconds of at least 0, nor None for no limit")
    return float(seconds)


def _is_interrupt(error: BaseException | None) -> bool:
    """Whether Ctrl-C is behind it: numpy goes on with an array of objects after it, and Python calls that an error."""
    while isinstance(error, SystemError):
        error = error.__cause__ or error.__context__
    return isinstance(error, KeyboardInterrupt)


class Deadline:
    """The end of a call: so many seconds from now, or only Ctrl-C.

    Parameters
    ----------
    seconds : number >= 0, or None for no limit

    Examples
    --------
    >>> def count(to, *, time_limit=None):
    ...     deadline, found = Deadline.of(time_limit), []
    ...     with deadline:
    ...         for k in range(to):
    ...             deadline.check()
    ...             found.append(k)
    ...     return found, deadline.reason or "complete"
    >>> count(3)
    ([0, 1, 2], 'complete')
    >>> count(3, time_limit=0)
    ([], 'time_limit=0 s ran out')

    A loop around it passes its own deadline on, and sees that an inner call was stopped:

    >>> outer = Deadline(0)
    >>> count(3, time_limit=outer), outer.stopped
    (([], 'time_limit=0 s ran out'), 'time limit')
    """

    __slots__ = ("_above", "_end", "_stopped", "seconds")

    def __init__(self, seconds: float | None = None, *, _above: Deadline | None = None) -> None:
        self.seconds = seconds
        self._end = math.inf if seconds is None else _clock() + _checked(seconds)
        self._stopped: Stopped = ""
        self._above = _above

    @classmethod
    def of(cls, time_limit: float | Deadline | None) -> Deadline:
        """The deadline itself where one was passed down, a new one that starts now where seconds (or None) were."""
        return time_limit if isinstance(time_limit, Deadline) else cls(time_limit)

    def within(self, seconds: float | None) -> Deadline:
        """A part of this deadline: over when this one is, or after ``seconds``, which does not end this one.

        An interrupt of the part is one of the whole.
        """
        return Deadline(seconds, _above=self)

    @property
    def over(self) -> bool:
        """Whether to stop now; once True it stays so."""
        if self._stopped:
            return True
        if self._end != math.inf and monotonic() - _Excused.seconds >= self._end:
            self._stopped = "time limit"
            return True
        if self._above is not None and self._above.over:
            self._stopped = self._above._stopped
            return True
        return False

    def check(self) -> None:
        """Raise where it is over: :class:`OutOfTime`, or the ``KeyboardInterrupt`` that an inner call has caught."""
        if self.over:
            if self._stopped == "interrupted":
                raise KeyboardInterrupt
            raise OutOfTime(f"{self.reason} before there was an answer; allow more time")

    @property
    def left(self) -> float:
        """Seconds that remain: 0 where it is over, infinity without a limit."""
        if self.over:
            return 0.0
        left = max(0.0, self._end - _clock())
        return left if self._above is None else min(left, self._above.left)

    @property
    def stopped(self) -> Stopped:
        """Why work was cut short, ``""`` while it was not. Time that ran out unnoticed cut nothing short."""
        return self._stopped

    @property
    def reason(self) -> str:
        """The same in the words of a status: ``"time_limit=10 s ran out"``, ``"interrupted"`` or ``""``."""
        if self._stopped != "time limit":
            return self._stopped
        if self._above is not None and self._above._stopped and (self.seconds is None or _clock() < self._end):
            return self._above.reason
        return "time ran out" if self.seconds is None else f"time_limit={self.seconds} s ran out"

    def interrupt(self) -> None:
        """Remember Ctrl-C, here and in every deadline of which this is a part."""
        self._stopped = "interrupted"
        if self._above is not None:
            self._above.interrupt()

    def __enter__(self) -> Deadline:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if _is_interrupt(error):
            self.interrupt()
            return True
        if isinstance(error, OutOfTime):  # this deadline's, or that of a part of it
            self._stopped = self._stopped or "time limit"
            return True
        return False

    def __repr__(self) -> str:
        if self._stopped:
            return f"<Deadline: {self.reason}>"
        return "<Deadline: no limit>" if self.left == math.inf else f"<Deadline in {self.left:.3g} s>"

    def __reduce__(self) -> tuple[type[Deadline], tuple[float | None]]:
        return Deadline, (None if self.left == math.inf else self.left,)
