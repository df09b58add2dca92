"""What HTML says of whose words these are: colours, quotes in quotes, links that stand in one form only."""

import pytest

from amends.mail.parse import parse

HEADERS = (
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Shop &lt;help@shop.example&gt;<br>'
    "<b>Sent:</b> Monday, 3 March 2025 14:05<br><b>To:</b> Ann<br><b>Subject:</b> Your order</p></div>"
)


def new_text(body: str) -> str:
    html = f"Content-Type: text/html; charset=utf-8\n\n<p>See below.</p>{HEADERS}{body}"
    return parse(html.encode()).new_text


@pytest.mark.parametrize("colour", ["red", "#C00000", "#0070c0", "#f00", "rgb(0, 176, 80)", "#7030A0"])
def test_a_coloured_answer_is_new(colour):
    answered = f'<p>Which colour?</p><p><span style="color:{colour}">The blue one.</span></p><p>Thank you, Shop</p>'
    assert new_text(answered) == "See below.\n\nThe blue one."


def test_an_answer_in_an_old_font_element_is_new():
    assert new_text('<p>Which?</p><p><font color="red">The blue one.</font></p>') == "See below.\n\nThe blue one."


@pytest.mark.parametrize(
    "body",
    [
        '<p style="color:#1F497D">We sent it.</p><p>Shop</p><p style="color:#1F497D">Call us.</p>',
        '<p style="color:red">SALE</p><p>All lamps at half price.</p>',
        '<p>Track it:</p><p><a style="color:red" href="https://shop.example/t">here</a></p>',
        '<p>We sent it, <span style="color:red">see the note</span>.</p>',
        f'<p>We sent it.</p>{HEADERS}<p>Which?</p><p style="color:red">The green one.</p>',
    ],
)
def test_other_colours_stay_history(body):
    assert new_text(body) == "See below."


def test_words_below_a_quote_that_holds_outlooks_own_mark_are_new():
    quote = '<blockquote type="cite"><p>Old.</p><div id="divRplyFwdMsg">From: A</div><p>Older.</p></blockquote>'
    html = f"Content-Type: text/html\n\n{quote}<p>It still leaks.</p>"
    assert parse(html.encode()).new_text == "It still leaks."


def test_a_link_in_one_form_only_hides_no_signature():
    plain = "Yes.\n\nSent with Proton Mail secure email.\n\nOn 3 March 2025 at 14:05, Shop <help@shop.example> wrote:\n> Ok?"
    html = (
        '<div>Yes.</div><div class="protonmail_signature_block">Sent with <a href="https://proton.me/">Proton Mail</a>'
        ' secure email.</div><div class="protonmail_quote">On 3 March 2025 at 14:05, Shop &lt;help@shop.example&gt; wrote:'
        "<blockquote type=cite>Ok?</blockquote></div>"
    )
    raw = (
        "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        f"{plain}\n--b\nContent-Type: text/html\n\n{html}\n--b--\n"
    )
    assert parse(raw.encode()).new_text == "Yes."


def test_a_name_that_ends_like_i_wrote_is_no_person_speaking():
    text = "Kiitos!\n\nOn Sun, Feb 16, 2025 at 06:28:59PM +0200, Suolammen kaupunki wrote:\n> Hei"
    assert parse(f"\n{text}".encode()).new_text == "Kiitos!"


@pytest.mark.parametrize("container", ["ymail_android_quote", "some_other_quote"])
def test_a_quote_that_begins_with_an_empty_line_leaves_no_sign_behind(container):
    quoted = (
        "<blockquote><br><div>On Monday, 3 March 2025 at 14:05, Shop &lt;help@shop.example&gt; wrote:</div>"
        "<div>Does it work?</div><div class=gmail_quote><blockquote>It leaks.</blockquote></div></blockquote>"
    )
    html = f"Content-Type: text/html\n\n<div>No.</div><br><div id={container}>{quoted}</div>"
    assert parse(html.encode()).new_text == "No."
