"""What a host that we trust wrote down about who sent a letter: Authentication-Results (RFC 8601)."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from amends.mail.letter import Letter
from amends.mail.trust import Check, Checks, Outcome, domain_of

LONGEST_HEADER: Final = 8_192
MOST_RESULTS: Final = 40
ANY_HOST: Final = "*"
POLICY: Final = re.compile(r"(?:^|[\s(;.])(?:p|dmarc)=(none|quarantine|reject)\b", re.IGNORECASE)
COMMENT: Final = re.compile(r"\([^()]{0,500}\)")


def said_by_hosts(letter: Letter, *, trusted: Collection[str]) -> Checks | None:
    """Return what a trusted host wrote into Authentication-Results (RFC 8601), None when none of them did.

    Only the topmost run of headers by one trusted name counts, up to the next Received: what stands further down was
    there before our host took the letter, so anybody may have written it. A name of `*` takes the topmost run whatever
    it is called, for services such as Microsoft 365 that give no name.
    """
    wanted = {name.lower() for name in trusted}
    results: list[str] = []
    host: str | None = None
    for name, value in letter.headers:
        if name == "received" and results:
            break
        if name != "authentication-results":
            continue
        said_by, said = _parts(value[:LONGEST_HEADER])
        if host in {None, said_by} and (said_by in wanted or ANY_HOST in wanted):
            host = said_by
            results.extend(said)
        elif ANY_HOST in wanted:
            break
    return _checks(results[:MOST_RESULTS], letter) if results else None


def _parts(value: str) -> tuple[str, list[str]]:
    """Return the host's name, "" without one, and its results, comments still in them."""
    pieces = [piece.strip() for piece in _split(value)]
    first = COMMENT.sub(" ", pieces[0]).split() if pieces else []
    named = bool(first) and "=" not in first[0]
    return (first[0].strip('"').lower(), pieces[1:]) if named else ("", pieces)


def _split(value: str) -> Iterator[str]:
    """Return the stretches between semicolons that stand in no comment and no quotes."""
    start, depth, quoted = 0, 0, False
    for place, letter in enumerate(value):
        if letter == '"' and not depth:
            quoted = not quoted
        elif not quoted:
            depth = max(0, depth + (letter == "(") - (letter == ")"))
            if letter == ";" and not depth:
                yield value[start:place]
                start = place + 1
    yield value[start:]


def _checks(results: Sequence[str], letter: Letter) -> Checks:
    sender_domain = domain_of(letter.sender.email) if letter.sender else ""
    signatures: list[Check] = []
    spf, dmarc, policy = None, Outcome.NONE, ""
    for result in results:
        method, outcome, facts = _result(result)
        if method == "dkim":
            signatures.append(Check(domain=_signer(facts), outcome=outcome))
        elif method == "spf":
            spf = Check(domain=_mail_from(facts), outcome=outcome)
        elif method == "dmarc" and facts.get("header.from", sender_domain) == sender_domain:
            dmarc = Outcome.REFUSED if outcome is Outcome.WEAK else outcome
            policy = _policy(result, facts)
    if dmarc is Outcome.NONE and spf is None:
        spf = Check(domain="", outcome=Outcome.UNKNOWN)
    spf = spf or Check(domain="", outcome=Outcome.NONE)
    return Checks(signatures=tuple(signatures), spf=spf, policy=policy, dmarc=dmarc)


def _policy(result: str, facts: dict[str, str]) -> str:
    """Return the policy a host names beside dmarc=; what it did ("action=oreject") tells as well."""
    if found := POLICY.search(result):
        return found[1].lower()
    action = facts.get("action", "")
    return action if action in {"quarantine", "reject"} else "reject" if action == "oreject" else "none"


def _result(result: str) -> tuple[str, Outcome, dict[str, str]]:
    """Return method, outcome and properties of `dkim=pass header.d=shop.example`."""
    words = COMMENT.sub(" ", result).replace('"', "").lower().split()
    pairs = [word.partition("=") for word in words if "=" in word]
    if not pairs:
        return "", Outcome.NONE, {}
    method, _, said = pairs[0]
    return method.partition("/")[0], outcome_of(said), {name: value for name, _, value in pairs[1:]}


def outcome_of(said: str) -> Outcome:
    """Return an outcome from the word of RFC 8601; what nobody can know yet is unknown, not failed."""
    if said == "pass":
        return Outcome.PASS
    if said in {"fail", "hardfail"}:
        return Outcome.REFUSED
    if said in {"none", "neutral", "policy"}:
        return Outcome.NONE
    return Outcome.UNKNOWN if said == "temperror" else Outcome.WEAK


def _signer(facts: dict[str, str]) -> str:
    return facts.get("header.d") or domain_of("@" + facts.get("header.i", "").rpartition("@")[2])


def _mail_from(facts: dict[str, str]) -> str:
    written = facts.get("smtp.mailfrom") or facts.get("smtp.helo") or ""
    return domain_of("@" + written.strip("<>").rpartition("@")[2])
