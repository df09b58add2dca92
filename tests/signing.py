"""Letters signed as a real mail host signs them, with a key made on the spot: no private key lies in the repository."""

import random
from base64 import encodebytes, standard_b64encode
from functools import cache

import dkim

SIZE_BITS = 1024
PUBLIC = 65537


def signed(raw: bytes, *, domain: str, length: bool = False) -> bytes:
    """Return the letter with a DKIM signature of `domain`, selector `s1`; with `length` only over the body so far."""
    pem = b"-----BEGIN RSA PRIVATE KEY-----\n" + encodebytes(_private()) + b"-----END RSA PRIVATE KEY-----\n"
    return bytes(dkim.sign(raw, b"s1", domain.encode(), pem, length=length)) + raw


def key_record(domain: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the name server's record that proves such signatures."""
    p, q = _primes()
    key = _sequence(_number(p * q), _number(PUBLIC))
    algorithm = _sequence(bytes.fromhex("06092a864886f70d010101"), b"\x05\x00")
    public = _sequence(algorithm, b"\x03" + _length(len(key) + 1) + b"\x00" + key)
    return {(f"s1._domainkey.{domain}", "TXT"): (f"v=DKIM1; k=rsa; p={standard_b64encode(public).decode()}",)}


def _private() -> bytes:
    p, q = _primes()
    d = pow(PUBLIC, -1, (p - 1) * (q - 1))
    parts = (0, p * q, PUBLIC, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
    return _sequence(*map(_number, parts))


@cache
def _primes() -> tuple[int, int]:
    chance = random.Random(7)
    found: list[int] = []
    while len(found) < 2:
        number = chance.getrandbits(SIZE_BITS // 2) | (3 << (SIZE_BITS // 2 - 2)) | 1
        if (number - 1) % PUBLIC and all(pow(base, number - 1, number) == 1 for base in (2, 3, 5, 7, 11)):
            found.append(number)
    return found[0], found[1]


def _number(value: int) -> bytes:
    content = value.to_bytes(value.bit_length() // 8 + 1, "big")
    return b"\x02" + _length(len(content)) + content


def _sequence(*parts: bytes) -> bytes:
    content = b"".join(parts)
    return b"\x30" + _length(len(content)) + content


def _length(size: int) -> bytes:
    if size < 128:
        return bytes([size])
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets
