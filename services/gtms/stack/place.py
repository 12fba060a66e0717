"""Which stack is meant: the one that is up in a folder, or one about to be started there."""

import os
from pathlib import Path

from gtms.config import STACK_FILE, settings, state_folder
from gtms.stack import clickhouse, ports
from gtms.stack.lifecycle import EmbeddedStack
from gtms.stack.supervision import Supervisor
from gtms.stack.verified import with_authority


def stack_here(state: Path | None) -> EmbeddedStack:
    """The stack of a folder as it was started, be it up or not; None means the usual folder."""
    _mean(state)
    return EmbeddedStack(settings())


def stack_to_start(
    state: Path | None, port_base: int | None, *, verified: bool = False
) -> EmbeddedStack:
    """A stack that is not up yet, with the ports, passwords and credentials it will have.

    `verified`: callers show certificates and tokens of an authority in the state folder.

    What a stack that was killed has left in `stack.json` counts for nothing. Raises Trouble when
    another one is just starting or stopping there.
    """
    _mean(state)
    with Supervisor(state_folder()).hold():
        (state_folder() / STACK_FILE).unlink(missing_ok=True)
    settings.cache_clear()
    chosen = settings()
    if port_base is not None:
        chosen = ports.with_port_base(chosen, port_base)
    if verified:
        chosen = with_authority(chosen)
    return EmbeddedStack(clickhouse.with_password_file(chosen))


def _mean(state: Path | None) -> None:
    """From here on in this process, and in those it starts, this folder is the stack's."""
    if state is not None:
        os.environ["GTMS_STACK__STATE"] = str(state.absolute())
    settings.cache_clear()
