"""The one exception meant for the person at the keyboard."""


class Trouble(Exception):
    """Something they can put right: the text says what is wrong and what to do, in one line.

    The command line prints it without a traceback and leaves with code 1.
    """
