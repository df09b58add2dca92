"""Pictures that customers send, drawn again by us: the only form in which the desk shows them."""

import io
from dataclasses import dataclass, field
from typing import Final

from PIL import Image, ImageOps

from amends.desk import blobs
from amends.desk.models import Attachment

FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "BMP")
MOST_PIXELS: Final = 50_000_000
"""A 10 MB picture may unfold to gigabytes; phones of today make about 50 megapixels at most."""
LONGEST_SIDE: Final = 720
LONGEST_SHOWN: Final = 1600
MOST_PIXELS_SHOWN: Final = 20_000_000


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A picture of ours: pixels only."""

    content: bytes = field(repr=False)
    media_type: str


def thumbnail(content: bytes, *, media_type: str) -> str:
    """Draw a small copy and return its sha256 in the blobs; empty when it is no picture that we can draw.

    The copy holds pixels only: no metadata, no place where the photo was taken, nothing that runs.
    """
    if not media_type.startswith("image/"):
        return ""
    drawn = _drawn(content)
    return blobs.keep(drawn) if drawn else ""


def keep_picture(file: Attachment) -> str:
    """Draw the large picture of a photo once, and return its sha256 in the blobs.

    The same photo on other messages takes it too; of one with too many pixels, the small one is better than none.
    """
    same = Attachment.objects.filter(sha256=file.sha256)
    known = same.exclude(picture_sha256="").values_list("picture_sha256", flat=True).first()
    drawn = None if known else drawn_again(blobs.read(file.sha256))
    digest = known or (blobs.keep(drawn.content) if drawn else file.thumbnail_sha256)
    same.exclude(thumbnail_sha256="").update(picture_sha256=digest)
    return digest


def drawn_again(content: bytes) -> Drawn | None:
    """Return a picture of a letter drawn again, see-through where it was, its first frame; None when we cannot draw it.

    Never SVG, which is a document and not a picture. At most 20 million pixels are read, of a JPEG, which is read small
    from the start, 50 million; 1,600 a side are given.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > (MOST_PIXELS if opened.format == "JPEG" else MOST_PIXELS_SHOWN):
                return None
            opened.thumbnail((LONGEST_SHOWN, LONGEST_SHOWN))
            new = io.BytesIO()
            ImageOps.exif_transpose(opened).convert("RGBA").save(new, "WEBP", quality=82, method=2, exif=b"", xmp=b"")
            return Drawn(content=new.getvalue(), media_type="image/webp")
    except Exception:  # noqa: BLE001 - Pillow's readers raise anything on hostile bytes
        return None


def _drawn(content: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return b""
            # First small, then changed: a large picture is never held a second time.
            opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
            paper = Image.new("RGB", picture.size, "white")
            paper.paste(picture, mask=picture)
            new = io.BytesIO()
            paper.save(new, "JPEG", quality=82, optimize=True)
            return new.getvalue()
    except Exception:  # noqa: BLE001 - Pillow's readers raise anything on hostile bytes
        # Broken pictures are of the world: the file itself is kept and can be downloaded.
        return b""
