"""Which XML stands in this zip (docx, odt)? Bounded, so that no file can fill the memory."""

import io
import lzma
import struct
import zipfile
import zlib
from typing import Any

from lxml import etree

from wardmote.evidence.model.errors import UnreadableInputError

#: The text of a long report is a few megabytes of XML.
MOST_BYTES = 128 * 1024 * 1024
#: Text packs to a tenth or so; what packs to less than a four-hundredth is made to burst.
MOST_RATIO = 400
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, OverflowError,
    NotImplementedError, struct.error, IndexError,
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Archive:
    """The parts of a docx or odt file, each parsed when asked for."""

    def __init__(self, content: bytes, *, name: str) -> None:
        self.name = name
        if content.startswith(_OLE):
            raise self._refuse(
                "the file is protected by a password or is an old Word document",
                to_do="Open it, take the password off or save it as docx, and try again.",
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self.names = frozenset(self._zip.namelist())
        except _BROKEN as error:
            raise self._refuse(
                "this is not the file its name says, or it is damaged", to_do="Open it and save it again."
            ) from error

    def read_xml(self, part: str) -> Any:
        """The tree of a part.

        Raises:
            UnreadableInputError: the part is missing, damaged, encrypted or bursts the bounds.
        """
        content = self._read(part)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._refuse(f"its part {part} is damaged", to_do="Open it and save it again.") from error

    def _read(self, part: str) -> bytes:
        try:
            info = self._zip.getinfo(part)
            if info.file_size > MOST_BYTES or info.file_size > max(MOST_RATIO * info.compress_size, 1024 * 1024):
                raise self._refuse(
                    f"its part {part} unpacks from {info.compress_size:,} to {info.file_size:,} bytes",
                    to_do="Do not open this file unless you trust where it comes from.",
                )
            with self._zip.open(info) as file:
                return file.read(MOST_BYTES)
        except KeyError as error:
            raise self._refuse(f"it has no part {part}", to_do="Open it and save it again.") from error
        except RuntimeError as error:  # what zipfile says of an encrypted part
            raise self._refuse("the file is encrypted", to_do="Take the password off and try again.") from error
        except _BROKEN as error:
            raise self._refuse(f"its part {part} is damaged", to_do="Open it and save it again.") from error

    def _refuse(self, found: str, *, to_do: str) -> UnreadableInputError:
        return UnreadableInputError(found, where=self.name, expected="a Word or OpenDocument text", to_do=to_do)
