"""The two failure words. Everything else is a mistake in the program and stops the process."""


class InvalidRecord(Exception):
    """These bytes or this record can never be accepted, however often it is tried.

    The reason is one line that names what is wrong, never a value found in the record.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unavailable(Exception):
    """A part the work needs is away, full, locked or refuses us: wait, then try the same again.

    Args:
        what: one line that names the part and what was seen.
        retry_after_s: a fair time to wait before the next try, in seconds.
    """

    def __init__(self, what: str, retry_after_s: float = 1.0) -> None:
        super().__init__(what)
        self.what = what
        self.retry_after_s = retry_after_s
