"""True and false certificates without guile, at the edges of what the checker decides, and files that are none."""

from __future__ import annotations

import json
from typing import Any

from forging.forgery import seal

FILES: list[bytes] = [
    b"", b"\xff\xfe", b"[1, 2", b"NaN", b"-Infinity", b"1.5", b"1234567", b'{"a": 1, "a": 2}', b"null", b"[]",
    b'{"format": "blamegame-certificate/2"}', b'{"format": "blamegame-certificate/1"}', b"[" * 3000 + b"]" * 3000,
    json.dumps({**seal({"kind": "is_true"}), "extra": "1"}).encode(), json.dumps(seal({"kind": "is_true"})).encode(),
    json.dumps(seal({"kind": 7})).encode(), json.dumps(seal("is_nash")).encode(), b" " * 2_000_000 + b"1", b" " * 1_999_990 + b"1",
]  # fmt: skip
DOCUMENTS: list[Any] = []
