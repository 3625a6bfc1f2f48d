"""Files that are archives of parts, as office programs write them."""

import io
import zipfile


def zip_parts(parts: dict[str, str]) -> bytes:
    """An archive with these texts under these names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return held.getvalue()
