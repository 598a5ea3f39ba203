"""Errors that a person can mend. The command line prints the message as one line and exits with code 1."""


class GlossaryError(Exception):
    """Something the user can mend: the message names the file and place and says what to do."""
