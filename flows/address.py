"""Addresses of remotes: a folder, http(s)://… or s3://bucket/….

Enters: what a person typed. Leaves: a `Remote`; nothing is asked of it yet. S3 takes its keys and its endpoint from
where every S3 program does: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL, ~/.aws. A web server's password
stands in ~/.netrc, or in the address; then no message repeats it.

>>> open_remote("https://user:secret@example.org/zhengce").address
'https://example.org/zhengce'
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flows.errors import WrongUse
from flows.remote import Remote

SILENCE = 60
"""Seconds without a byte after which a server is given up; there is no limit to a whole transfer."""

__all__ = ["open_remote"]


def open_remote(address: str) -> Remote:
    """The remote of an address. Raises WrongUse for an address that cannot be one."""
    parts = urlsplit(address)
    if parts.query or parts.fragment:
        raise WrongUse(f"{_shown(address)}: no folder has ? or # in its address; give the one of latest.json")
    match parts.scheme:
        case "http" | "https":
            return _http(address)
        case "s3":
            return _s3(address)
        case "file" | "":
            from fsspec.implementations.local import LocalFileSystem

            base = parts.path if parts.scheme else address
            return Remote(address.rstrip("/"), LocalFileSystem(), os.path.abspath(base), (OSError,))  # noqa: PTH100
        case other:
            raise WrongUse(f"{_shown(address)}: {other}:// is not known; give a folder, http(s):// or s3://")


def _http(address: str) -> Remote:
    import aiohttp
    from fsspec.implementations.http import HTTPFileSystem

    fs = HTTPFileSystem(
        use_listings_cache=False,
        skip_instance_cache=True,
        client_kwargs={  # trust_env: proxies, and passwords in ~/.netrc
            "timeout": aiohttp.ClientTimeout(total=None, sock_connect=SILENCE, sock_read=SILENCE),
            "trust_env": True,
        },
    )
    return Remote(_shown(address), fs, address, (OSError, aiohttp.ClientError))


def _s3(address: str) -> Remote:
    try:
        fs = import_module("s3fs").S3FileSystem(use_listings_cache=False, skip_instance_cache=True)
        trouble: Any = import_module("botocore.exceptions").BotoCoreError
    except ImportError as error:
        raise WrongUse(f"{address}: s3:// needs one more package: pip install 'zhengce[s3]'") from error
    return Remote(address.rstrip("/"), fs, address.removeprefix("s3://"), (OSError, trouble))


def _shown(address: str) -> str:
    """The address without the password or the key that may stand in it."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path.rstrip("/"), "", ""))
