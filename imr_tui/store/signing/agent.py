"""Asks the reviewer's SSH agent which keys it has."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput, CannotSign
from imr_tui.signing import agent_protocol
from imr_tui.store.safety import atomic

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.signing.agent_protocol import AgentKey

SECONDS = 5.0
"""How long an agent may take to reply."""
_RECONNECT = "Log in again with `ssh -A`, or start an agent."


def agent_keys(path: Path, seconds: float = SECONDS) -> tuple[AgentKey, ...]:
    """The keys of the agent at a socket; raises CannotSign."""
    deadline = time.monotonic() + seconds
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as agent:
            agent.settimeout(seconds)
            agent.connect(str(path))
            agent.sendall(agent_protocol.REQUEST)
            header = _receive(agent, agent_protocol.LENGTH_BYTES, deadline)
            reply = _receive(agent, agent_protocol.reply_length(header), deadline)
            return agent_protocol.parse_reply(reply)
    except TimeoutError as error:
        raise CannotSign(
            f"The SSH agent did not reply within {seconds:g} seconds. {_RECONNECT}"
        ) from error
    except OSError as error:
        raise CannotSign(
            f"The SSH agent cannot be reached: {atomic.reason(error)}. {_RECONNECT}"
        ) from error
    except BadInput as error:
        raise CannotSign(f"{error} {_RECONNECT}") from error


def _receive(agent: socket.socket, count: int, deadline: float) -> bytes:
    """Read `count` bytes; raises OSError, TimeoutError from `deadline` on."""
    data = b""
    while len(data) < count:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        # An agent that sends a byte now and then must not hold this up for ever.
        agent.settimeout(left)
        more = agent.recv(count - len(data))
        if not more:
            raise ConnectionResetError("it closed the connection")
        data += more
    return data
