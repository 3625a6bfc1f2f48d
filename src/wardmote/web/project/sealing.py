"""A stream that nobody reads without its key, and nobody changes or cuts short unseen.

AES-256-GCM in pieces of one mebibyte. A piece's nonce is its number; what is authenticated with it says whether it is
the last, so that a stream that ends early does not open. The key is drawn from the installation's backup key and a
salt of the archive's own (HKDF-SHA256), so that no nonce is ever used twice with one key.
"""

import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wardmote.evidence.model.errors import UnreadableInputError

MAGIC = b"wardmote backup 1\n"
PIECE_BYTES = 1 << 20
_SALT_BYTES, _TAG_BYTES, _NONCE_BYTES, _KEY_BYTES = 16, 16, 12, 32


class SealedWriter:
    """Writes what it is given, sealed; `close` writes the last piece, without which nothing opens."""

    def __init__(self, raw: BinaryIO, key: bytes) -> None:
        salt = os.urandom(_SALT_BYTES)
        self._raw, self._cipher, self._number = raw, _draw_cipher(key, salt), 0
        self._waiting = bytearray()
        raw.write(MAGIC + salt)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE_BYTES:
            self._seal(bytes(self._waiting[:PIECE_BYTES]), is_last=False)
            del self._waiting[:PIECE_BYTES]
        return len(data)

    def close(self) -> None:
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        self._raw.write(self._cipher.encrypt(_count(self._number), piece, _mark(is_last)))
        self._number += 1


class SealedReader:
    """Reads a sealed stream. Raises UnreadableInputError at the first byte that is not as it was sealed."""

    def __init__(self, raw: BinaryIO, key: bytes, *, where: str) -> None:
        self._raw, self._where, self._number = raw, where, 0
        if raw.read(len(MAGIC)) != MAGIC:
            raise UnreadableInputError("this is no backup of wardmote", where=where)
        self._cipher = _draw_cipher(key, raw.read(_SALT_BYTES))
        self._next = raw.read(PIECE_BYTES + _TAG_BYTES)
        self._opened = bytearray()
        self._is_over = False

    def read(self, size: int = -1) -> bytes:
        while not self._is_over and (size < 0 or len(self._opened) < size):
            self._open_piece()
        count = len(self._opened) if size < 0 else size
        found = bytes(self._opened[:count])
        del self._opened[:count]
        return found

    def _open_piece(self) -> None:
        piece, self._next = self._next, self._raw.read(PIECE_BYTES + _TAG_BYTES)
        self._is_over = not self._next
        try:
            self._opened += self._cipher.decrypt(_count(self._number), piece, _mark(self._is_over))
        except (InvalidTag, ValueError):
            raise UnreadableInputError(
                f"the backup does not open: damaged or cut short near byte {self._number * PIECE_BYTES:,}, or sealed"
                " with another key", where=self._where, to_do="Take another copy, or the keys of that installation",
            ) from None  # fmt: skip
        self._number += 1


def _draw_cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), _KEY_BYTES, salt, MAGIC).derive(key))


def _count(number: int) -> bytes:
    return number.to_bytes(_NONCE_BYTES, "big")


def _mark(is_last: bool) -> bytes:
    return b"last" if is_last else b"more"
