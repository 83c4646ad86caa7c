"""What a submission may use up."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Limits of one student's process. Sizes are in bytes, times in seconds.

    Attributes
    ----------
    memory : int
        Data that it may allocate beyond what the libraries take that it starts with.
    address_space_extra : int
        Address space beyond `memory` (TensorFlow reserves far more than it uses).
    cpu_seconds : int
        Processor time of the whole submission.
    threads : int
        Threads at one time; further processes are never allowed.
    file_size, tmp_size : int
        Of one file, and of the private /tmp altogether.
    output_bytes : int
        Output that is kept of one cell; more than this interrupts the cell.
    notebook_output_bytes : int
        Output that is kept of all cells together; what is more is left out, and interrupts nothing.
    message_bytes : int
        What the process may send during one request; more than this ends it.
    messages : int
        The same, in frames.
    cell_seconds : float
        Wall time of one cell, if `StudentProcess.run` is not told otherwise.
    notebook_seconds : float
        Wall time of everything that is asked of the process.
    """

    memory: int = 1024 * MIB
    address_space_extra: int = 0
    cpu_seconds: int = 60
    threads: int = 64
    file_size: int = 16 * MIB
    tmp_size: int = 64 * MIB
    output_bytes: int = 2 * MIB
    notebook_output_bytes: int = 8 * MIB
    message_bytes: int = 64 * MIB
    messages: int = 20_000
    cell_seconds: float = 20.0
    notebook_seconds: float = 120.0
