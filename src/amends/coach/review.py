"""review(): the one door to the coach."""

from collections.abc import Sequence

from amends.coach.culture import Voice
from amends.coach.empathy import empathy
from amends.coach.finding import Finding, Severity, Verdict
from amends.coach.judge import findings, look
from amends.coach.nextbest import next_sentence
from amends.coach.pack import RuleSet
from amends.coach.proof import proven_rules
from amends.coach.stages import apology, stages, steps
from amends.languages.load import load
from amends.languages.pack import LanguagePack
from amends.ports import Embedder
from amends.vocabulary import CaseView, LanguageTag, Moment, TextTooLong

LONGEST_REPLY = 20_000
COST = {Severity.ERROR: 20, Severity.WARNING: 8, Severity.HINT: 2}


def review(
    reply: str,
    *,
    case: CaseView | None = None,
    message: str | None = None,
    pack: LanguagePack,
    embed: Embedder | None = None,
    recent: Sequence[str] = (),
    now: Moment | None = None,
    interface: LanguageTag = "en",
    rules: RuleSet | None = None,
    voice: Voice | None = None,
) -> Verdict:
    """Return what the coach has to say of a reply before it is sent.

    Without `case` the customer is taken to be angry, the reply to be the first, the fault unknown. `message`: what
    the customer wrote, for the rules that compare. `interface`: the language of the reasons. `rules`: a rule set with
    somebody's own packs, instead of the pack's. `embed`: the encoder that hears what
    patterns do not; without one, patterns alone. `voice`: who writes to whom, for the next best sentence.
    `recent`: what the writer sent to others lately.
    Raises TextTooLong above 20 000 code points, BadPack when the pack's own examples fail.
    """
    if len(reply) > LONGEST_REPLY:
        raise TextTooLong(f"{len(reply)} code points; the coach reads {LONGEST_REPLY} at once")
    chosen = rules or proven_rules(pack)
    scene = look(chosen, reply, case=case or CaseView(), message=message, embed=embed, recent=recent, voice=voice)
    found = findings(chosen, scene, interface=interface)
    return Verdict(
        language=pack.tag,
        findings=tuple(found),
        stages=stages(scene),
        apology=apology(scene),
        score=score(found),
        empathy=empathy(scene),
        steps=steps(scene),
        next_sentence=next_sentence(scene, voice or Voice(), meant_in=load(interface)),
    )


def score(found: Sequence[Finding]) -> int:
    """Return 100 less what each finding costs (error 20, warning 8, hint 2), never below 0."""
    return max(0, 100 - sum(COST[finding.severity] for finding in found))
