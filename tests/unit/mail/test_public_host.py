"""The disguises of an address inside our own network: none is asked for a picture."""

import pytest

from amends.mail.public_host import is_public, target

DISGUISES = {
    "loopback by name": "http://localhost/a.png",
    "loopback": "http://127.0.0.1/a.png",
    "loopback, another": "http://127.8.8.8/a.png",
    "decimal": "http://2130706433/a.png",
    "octal": "http://0177.0.0.1/a.png",
    "hexadecimal": "http://0x7f.0.0.1/a.png",
    "hexadecimal in one": "http://0x7f000001/a.png",
    "short, two parts": "http://127.1/a.png",
    "short, three parts": "http://127.0.1/a.png",
    "nothing": "http://0/a.png",
    "all zeros": "http://0.0.0.0/a.png",
    "private 10": "http://10.0.0.1/a.png",
    "private 172": "http://172.16.0.1/a.png",
    "private 192": "http://192.168.1.1/a.png",
    "link-local, the cloud's own data": "http://169.254.169.254/latest/meta-data/",
    "carrier's NAT": "http://100.64.0.1/a.png",
    "multicast": "http://224.0.0.1/a.png",
    "IPv6 loopback": "http://[::1]/a.png",
    "IPv4 mapped into IPv6": "http://[::ffff:127.0.0.1]/a.png",
    "mapped, in hexadecimal": "http://[::ffff:7f00:1]/a.png",
    "6to4": "http://[2002:7f00:1::]/a.png",
    "NAT64": "http://[64:ff9b::7f00:1]/a.png",
    "Teredo": "http://[2001:0:7f00:1::]/a.png",
    "unique local": "http://[fd00::1]/a.png",
    "link-local with a zone": "http://[fe80::1%25eth0]/a.png",
    "a dot at the end": "http://localhost./a.png",
    "a dot at the end of a number": "http://127.0.0.1./a.png",
    "wide digits": "http://\uff11\uff12\uff17.0.0.1/a.png",
    "circled digits": "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/a.png",
    "ideographic dots": "http://127\u30020\u30020\u30021/a.png",
    "percent signs": "http://%31%32%37.0.0.1/a.png",
    "a user name in front": "http://lumi.shop@127.0.0.1/a.png",
    "a user name with a password": "http://lumi.shop:80@10.0.0.1/a.png",
    "a user name before a good host": "http://root@lumi.shop/a.png",
    "a backslash": "http://127.0.0.1\\@lumi.shop/a.png",
    "a door of ours": "http://lumi.shop:6379/a.png",
    "the usual door, said": "http://lumi.shop:80/a.png",
    "a name without a dot": "http://intranet/a.png",
    "a name of the house": "http://printer.local/a.png",
    "a name of the router": "http://nas.home.arpa/a.png",
    "a cloud's own name": "http://metadata.google.internal/a.png",
    "tabs inside": "http://127.\t0.0.1/a.png",
    "another scheme": "file:///etc/passwd",
    "gopher": "gopher://127.0.0.1:6379/_x",
    "no scheme": "//127.0.0.1/a.png",
    "an underscore": "http://a_b.lumi.shop/a.png",
    "a last part of digits": "http://lumi.127/a.png",
    "a hyphen alone": "http://-.lumi.shop/a.png",
    "nothing at all": "",
}


@pytest.mark.parametrize("address", DISGUISES.values(), ids=DISGUISES.keys())
def test_a_disguise_is_not_asked(address: str) -> None:
    assert target(address) is None


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "0.0.0.0", "10.1.2.3", "172.31.0.1", "192.168.0.9", "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.251", "240.0.0.1", "255.255.255.255", "192.0.0.170", "::", "::1", "::127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::1", "2002:808:808::", "2001:0:808:808::", "2001:db8::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1", "100::1", "fe80::1%eth0", "2606:4700::1111%eth0", "2130706433", "0x7f000001", "", "lumi.shop"],
)  # fmt: skip
def test_a_name_that_leads_home_is_not_asked(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001::200e"])
def test_the_open_internet_may_be_asked(address: str) -> None:
    assert is_public(address)


def test_a_plain_address_is_asked_for_its_path_only() -> None:
    found = target("HTTPS://CDN.Lumi.Shop/päth/a b.png?x=1#part")
    assert found is not None
    assert (found.scheme, found.host, found.port, found.path) == (
        "https",
        "cdn.lumi.shop",
        443,
        "/p%C3%A4th/a%20b.png?x=1",
    )


def test_a_name_in_other_letters_is_asked_in_punycode() -> None:
    found = target("https://bücher.shop/a.png")
    assert found is not None
    assert found.host == "xn--bcher-kva.shop"
