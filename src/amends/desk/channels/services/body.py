"""The body of a webhook, read once and to a limit, with its form fields byte for byte.

Django takes no form field above 2 MB, and turns every field into text; a raw mail in a field is often larger, and its
bytes must stay as they are.
"""

from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from amends.vocabulary import AmendsError

MOST_PARTS = 1_000


class TooLarge(AmendsError):
    """This is larger than the desk takes (`largest_mail_bytes`). The service keeps the letter and says so."""


@dataclass(frozen=True, kw_only=True)
class Body:
    """What was posted: all of it, and the form fields in it byte for byte."""

    whole: bytes
    fields: dict[str, bytes] = field(default_factory=dict)


def read_body(request: HttpRequest) -> Body:
    """Read the body and hand it to the request too, so that Anymail's readers find it there. Raises TooLarge."""
    # A letter of that size as base64 in JSON, and room for what else a service says.
    most = settings.LARGEST_MAIL_BYTES * 3 // 2 + 1_000_000
    whole = request.read(most + 1)
    if len(whole) > most:
        raise TooLarge
    request._body = whole
    if request.content_type != "multipart/form-data":
        return Body(whole=whole)
    fields: dict[str, bytes] = {}
    texts, files = QueryDict(mutable=True), MultiValueDict[str, Any]()
    for name, content, file_name, media_type in _parts(whole, (request.content_params or {}).get("boundary", "")):
        if file_name:
            files.appendlist(name, SimpleUploadedFile(file_name, content, media_type))
        else:
            fields[name] = content
            texts.appendlist(name, content.decode("utf-8", "replace"))
    # What Django itself sets after parsing a form; REST framework does the same.
    request._post, request._files = texts, files  # type: ignore[attr-defined]
    return Body(whole=whole, fields=fields)


def _parts(whole: bytes, boundary: str) -> list[tuple[str, bytes, str, str]]:
    """Return name, content, file name and media type of each part (RFC 7578)."""
    found = []
    for part in (b"\r\n" + whole).split(b"\r\n--" + boundary.encode())[1 : MOST_PARTS + 1]:
        head, blank, content = part.partition(b"\r\n\r\n")
        if not blank or part.startswith(b"--"):
            continue
        said = BytesHeaderParser().parsebytes(head.lstrip(b"\r\n") + b"\r\n\r\n")
        name = said.get_param("name", "", "Content-Disposition")
        found.append((str(name), content, said.get_filename("") or "", said.get_content_type()))
    return found
