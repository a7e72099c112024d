"""The pipe between the press and a worker: frames of a JSON header and byte strings, with no code in them.

A worker draws pictures that others sent in, so its answers are read as data; a pickle could run code here.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

from chungtay_reports.press.job import Attached, Fetched, Imprint, PrintJob

_LENGTH = struct.Struct(">Q")
_LARGEST = 1 << 31

Header = dict[str, Any]


def send(pipe: IO[bytes], header: Header, blobs: tuple[bytes, ...] = ()) -> None:
    """Write one frame."""
    head = json.dumps(header | {"sizes": [len(blob) for blob in blobs]}).encode()
    pipe.write(_LENGTH.pack(len(head)))
    pipe.write(head)
    for blob in blobs:
        pipe.write(blob)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[Header, tuple[bytes, ...]]:
    """Read one frame; EOFError when the other side is gone or does not speak like this."""
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    try:
        header: Header = json.loads(_exactly(pipe, length))
        return header, tuple(_exactly(pipe, size) for size in header["sizes"])
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise EOFError from error


def pack(job: PrintJob) -> tuple[Header, tuple[bytes, ...]]:
    """Lay a job out as a frame."""
    assets = sorted(job.assets.items())
    header: Header = {
        "name": job.name,
        "variant": job.variant,
        "imprint": asdict(job.imprint) | {"issued": job.imprint.issued.isoformat()},
        "assets": [[address, asset.media_type] for address, asset in assets],
        "destinations": dict(job.destinations),
        "attachments": [[a.name, a.media_type, a.relationship, a.description] for a in job.attachments],
    }
    blobs = (
        job.html.encode(),
        *(asset.data for _, asset in assets),
        *(attached.data for attached in job.attachments),
    )
    return header, blobs


def unpack(header: Header, blobs: tuple[bytes, ...], seconds: float = 0) -> PrintJob:
    """Read a job back from its frame; its `seconds` are no part of it, since they decide no byte."""
    html, rest = blobs[0].decode(), iter(blobs[1:])
    imprint = header["imprint"]
    imprint |= {"issued": datetime.fromisoformat(imprint["issued"]), "keywords": tuple(imprint["keywords"])}
    assets = {address: Fetched(media_type, next(rest)) for address, media_type in header["assets"]}
    attached = tuple(
        Attached(name, media_type, relationship, description, next(rest))
        for name, media_type, relationship, description in header["attachments"]
    )
    name, destinations, variant = header["name"], header["destinations"], header["variant"]
    return PrintJob(name, html, Imprint(**imprint), assets, attached, destinations, seconds, variant)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    if not 0 <= size <= _LARGEST:
        raise EOFError
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data
