"""How a message looks on the socket between the grader and a student's process.

A frame is the length of what follows, as four bytes (big-endian), and an object of JSON in ASCII. Every
message has a `kind` and, but for the first, the `id` of the request that it belongs to.

    grader to student    look, run, ask; stood_in (the answer to a stand_in)
    student to grader    ready; stream, display_data, execute_result, error, clear_output, too_much;
                         shown; answers; stand_in; done (the end of a request; processor time so far)
"""

from __future__ import annotations

import json
import struct

LENGTH = struct.Struct(">I")

# bound here: patching `json` later, as a student may do by accident, changes nothing
_encode = json.JSONEncoder().encode


def frame(message: dict[str, object]) -> bytes:
    """Return the message as it goes over the socket; `struct.error` beyond four gigabytes."""
    text = _encode(message).encode("ascii")
    return LENGTH.pack(len(text)) + text


def largest_output(output_bytes: int) -> int:
    """Bytes of the largest frame of an output, where so much is kept of a cell's outputs.

    A letter that isn't ASCII takes six bytes or more; what is not kept anyway need not be sent.
    """
    return 4 * output_bytes + (1 << 20)
