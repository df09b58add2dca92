"""A letter as it was laid out, made safe: what stays, what goes, and what is said about it."""

import pytest

from amends.mail.html_view import Picture, SafeHtml, safe_html


def shown(html: str) -> str:
    return safe_html(html, address_of=lambda picture: "").html


def with_pictures(html: str) -> tuple[SafeHtml, list[Picture]]:
    asked: list[Picture] = []

    def address_of(picture: Picture) -> str:
        asked.append(picture)
        return f"/p/{len(asked)}"

    return safe_html(html, address_of=address_of), asked


def test_the_shape_of_a_letter_stays() -> None:
    table = '<table width="600"><tbody><tr><td bgcolor="#eee" style="padding: 4px">Order <b>FI-1</b></td></tr></tbody></table>'
    assert shown(table) == table


def test_the_colours_of_its_body_stay() -> None:
    assert shown('<html><body bgcolor="#000" text=white style="color:white">dark</body>') == (
        '<div style="background-color: #000; color: white"><div bgcolor="#000" style="color: white">dark</div></div>'
    )


@pytest.mark.parametrize(
    "style",
    [
        "position:fixed", "position:absolute;top:0", "background:url(//x)", "background-image:url('//x')", "width:expression(alert(1))",
        "@import '//x'", "behavior:url(x.htc)", "-moz-binding:url(x)", "content:'x'", "margin-top:-400px", "transform:scale(9)", "z-index:9",
        "color:\\75rl(x)", "background:u/**/rl(x)", "background:image-set('//x' 1x)", "font-family:'x';}body{color:red", "--x:url(//x)",
        "color:var(--x)", "display:-webkit-box", "animation:x 1s", "cursor:url(//x),auto", "list-style:url(//x)", "filter:url(#x)",
    ],
)  # fmt: skip
def test_no_style_fetches_moves_or_covers(style: str) -> None:
    assert "style=" not in shown(f'<p style="{style}">x</p>').replace("font-family: 'x'", "").replace(' style=""', "")


def test_a_form_loses_everything_that_can_be_sent() -> None:
    html = "<form action=//x><input name=password><button formaction=//x>Log in</button><textarea>t</textarea></form>"
    assert shown(html) == "Log in"


@pytest.mark.parametrize("scheme", ["javascript", "data", "vbscript", "file", "blob", "ftp", "cid", "view-source", ""])
def test_only_four_schemes_are_links(scheme: str) -> None:
    assert "href" not in shown(f'<a href="{scheme}:alert(1)">x</a>')


def test_a_link_tells_the_other_side_nothing() -> None:
    assert shown('<a href="https://lumi.shop/a" target=_self rel=opener>x</a>') == (
        '<a href="https://lumi.shop/a" target="_blank" rel="noopener noreferrer nofollow">x</a>'
    )


@pytest.mark.parametrize(
    ("href", "words", "said"),
    [
        ("https://evil.shop/", "www.paypal.com", "→ evil.shop"),
        ("https://paypal.com@evil.shop/", "here", "→ evil.shop"),
        ("https://p\u0430ypal.com/", "here", "→ xn--pypal-4ve.com (p\u0430ypal.com)"),
        ("https://xn--pypal-4ve.com/", "here", "→ xn--pypal-4ve.com (p\u0430ypal.com)"),
        ("https://%65vil.shop/", "here", "→ evil.shop"),
        ("https:\\\\evil.shop\\@paypal.com", "paypal.com", "→ evil.shop"),
        ("ht\ntps://ev\til.shop/", "paypal.com", "→ evil.shop"),
        ("https://paypal.com.evil.shop/", "paypal.com", "→ paypal.com.evil.shop"),
        ("http://3232235777/", "here", "→ 3232235777"),
        ("https://www.paypal.com/x", "paypal.com", ""),
        ("https://paypal.com/x", "PayPal", ""),
    ],
)
def test_a_link_that_misleads_says_where_it_leads(href: str, words: str, said: str) -> None:
    found = shown(f'<a href="{href}">{words}</a>').partition("</a>")[2]
    assert found == (f' <span class="where">{said}</span>' if said else "")


def test_nobody_can_write_our_own_marks() -> None:
    assert "class" not in shown('<span class="where">→ bank.com</span><p id="bar" class="bar">x</p>')


def test_remote_pictures_are_counted_and_trackers_named() -> None:
    html = '<img src="http://c.shop/a.png" alt="Our lamp"><img src=//x><img src="http://c.shop/o?1" width=1 height=1>'
    safe = safe_html(html + '<img src="https://c.shop/wf/open?u=1">', address_of=lambda picture: "")
    assert (safe.remote, safe.trackers) == (3, 2)
    assert safe.html == '<span class="left-out">Our lamp</span>'


@pytest.mark.parametrize(
    "hidden",
    ["width=1", "height=0", 'style="display:none"', 'style="width:1px"', 'style="opacity:0"', 'width="2px"', 'style="visibility: hidden"'],
)  # fmt: skip
def test_a_picture_that_nobody_could_see_is_never_fetched(hidden: str) -> None:
    safe, asked = with_pictures(f'<img src="https://c.shop/logo.png" {hidden}>')
    assert (safe.trackers, asked) == (1, [])


@pytest.mark.parametrize("size", ['width="100%"', "width=300 height=80", 'style="width:100%"'])
def test_a_picture_of_some_size_is_no_tracker(size: str) -> None:
    safe, asked = with_pictures(f'<img src="https://c.shop/open/logo.png" {size}>')
    assert (safe.trackers, len(asked)) == (0, 1)


def test_pictures_are_shown_under_our_addresses_only() -> None:
    safe, asked = with_pictures('<img src="cid:a@b" alt="x" onerror=1 srcset="//x 2x" style="width:9px;top:0">')
    assert safe.html == '<img src="/p/1" alt="x" style="width: 9px">'
    assert asked == [Picture(source="cid:a@b")]


def test_a_picture_written_into_the_letter_is_handed_over_whole() -> None:
    written = "data:image/png;base64," + "QUJD" * 200_000
    safe, asked = with_pictures(f'<p>x</p><img src="{written}">')
    assert ([picture.source for picture in asked], safe.was_cut) == ([written], False)


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<b><p>", "<table><tr><td>", "<a href=x>", "<b></x>", "<b id=1></q>", "<font size=1><i>", "&", "&a", "&#", "<", "<!--", "<svg><style>", "<p a=", " b=1", "<img alt='", "<a href=https://a.b.c.d.e.f/>a.b</a>", "<p style='color:red'>", "a.", "<img src=http://a/b"],
)  # fmt: skip
def test_a_long_hostile_letter_is_cut_to_what_the_sanitiser_bears(piece: str) -> None:
    # Without the limits each of these takes minutes.
    html = "<p " * (piece == " b=1") + piece * (2_000_000 // len(piece))
    assert len(shown(html)) < 3_000_000


def test_a_letter_that_is_too_long_says_so() -> None:
    assert safe_html("x" * 400_001, address_of=lambda picture: "").was_cut
