"""The parts of a workbook's zip archive, unpacked piece by piece: never more in memory than one piece."""

import zipfile
import zlib
from collections.abc import Iterator

_PACKED_BYTES = 1 << 16
_PIECE_BYTES = 1 << 18  # small enough for the processor's cache, in which a piece is searched next
_HEAD_BYTES, _HEAD_SIGN = 30, b"PK\x03\x04"
_IS_SEALED = 0x1


def unpack_part(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The whole of a part, whatever size it says: the reader goes on until the packed bytes end.

    Raises BadZipFile where it is packed in an unusual way or says another size than it has, zlib.error where it is
    damaged.
    """
    packed = _find_packed(content, part)
    pieces: Iterator[bytes]
    if part.compress_type == zipfile.ZIP_STORED:
        pieces = (packed[at : at + _PIECE_BYTES].tobytes() for at in range(0, len(packed), _PIECE_BYTES))
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        pieces = _inflate(packed)
    else:
        raise zipfile.BadZipFile("a part is packed in an unusual way")
    read = 0
    for piece in pieces:
        read += len(piece)
        yield piece
    if read != part.file_size:
        raise zipfile.BadZipFile("a part says another size than it has")


def _find_packed(content: bytes, part: zipfile.ZipInfo) -> memoryview:
    head = content[part.header_offset : part.header_offset + _HEAD_BYTES]
    if part.flag_bits & _IS_SEALED or len(head) != _HEAD_BYTES or not head.startswith(_HEAD_SIGN):
        raise zipfile.BadZipFile("a part is packed in an unusual way")
    begin = part.header_offset + _HEAD_BYTES + int.from_bytes(head[26:28], "little")
    begin += int.from_bytes(head[28:30], "little")
    packed = memoryview(content)[begin : begin + part.compress_size]
    if len(packed) != part.compress_size:
        raise zipfile.BadZipFile("a part is cut off")
    return packed


def _inflate(packed: memoryview) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), _PACKED_BYTES):
        rest: bytes | memoryview = packed[at : at + _PACKED_BYTES]
        while rest and not stream.eof:
            yield stream.decompress(rest, _PIECE_BYTES)
            rest = stream.unconsumed_tail
    while not stream.eof and (piece := stream.decompress(b"", _PIECE_BYTES)):
        yield piece
    if not stream.eof:
        raise zipfile.BadZipFile("a part is cut off")
