"""Run a rule set over a reply: what each entry finds, less what its context clears."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from amends.coach.advice import advice
from amends.coach.catalogue import Rule, catalogue
from amends.coach.culture import Voice, is_habit
from amends.coach.entry import Entry
from amends.coach.finding import Detector, Finding, Severity
from amends.coach.kinds import compare, count, missing, order, parts, pattern, phrase, semantic, swap
from amends.coach.pack import RuleSet
from amends.coach.page import lay_out
from amends.coach.retold import RETOLD, retold
from amends.coach.scene import Hit, Scene
from amends.coach.sensing import sense
from amends.coach.sheet import sheet
from amends.coach.standing import is_cleared, sentence_of, stands
from amends.coach.suspecting import FURTHER, RULE_OF, Suspicion, suspect
from amends.ports import Embedder
from amends.text.spans import Span
from amends.vocabulary import CaseView, LanguageTag

FIND: Mapping[str, Callable[[Entry, Scene], list[Hit]]] = {
    "phrase": phrase.find,
    "pattern": pattern.find,
    "swap": swap.find,
    "count": count.find,
    "order": order.find,
    "missing": missing.find,
    "parts": parts.find,
    "compare": compare.find,
}
WHOLE_REPLY = Span(0, 0)
MOST_RECENT = 5
MOST_OWN_HITS = 20
MOST_OWN = 200
"""Findings of one rule, and of all rules, that somebody here wrote: one that fires on each word must not hold up."""
LOWER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.HINT, Severity.HINT: Severity.HINT}


def look(
    rules: RuleSet,
    reply: str,
    *,
    case: CaseView,
    message: str | None,
    embed: Embedder | None = None,
    recent: Sequence[str] = (),
    voice: Voice | None = None,
) -> Scene:
    """Return the scene of a reply: laid out, matched, its sentences labelled, and sensed where there is an encoder."""
    page = lay_out(reply, rules.pack.sentence_rules)
    found = rules.matcher.look(page)
    beside = partial(sheet, pack=rules.pack, matcher=rules.matcher, cues=rules.cues)
    blank = Scene(
        page=page,
        pack=rules.pack,
        found=found,
        labels=(),
        case=case,
        message=message,
        letter=beside(message) if message else None,
        recent=tuple(map(beside, recent[:MOST_RECENT])),
        former=tuple(map(beside, case.former_replies[-MOST_RECENT:])),
        cues=rules.cues,
        embed=embed,
        voice=voice or Voice(country=case.market),
    )
    chances = sense([page.stretch(span).of(reply) for span in page.sentences], embed=embed) if embed else ()
    return replace(blank, labels=_said_back(blank, _labels(rules, blank)), chances=chances)


def _said_back(scene: Scene, labels: tuple[frozenset[str], ...]) -> tuple[frozenset[str], ...]:
    """Return the labels, those of an opening that says the customer's trouble back marked so."""
    told = retold(scene.page, labels, scene.letter, name=scene.case.customer_name, cold=scene.cue("cold"))
    return tuple(marks | {RETOLD} if number in told else marks for number, marks in enumerate(labels))


def _labels(rules: RuleSet, scene: Scene) -> tuple[frozenset[str], ...]:
    """Return the labels of each sentence; a label undone by a rule's words there is left off."""
    marks: list[set[str]] = [set() for _ in scene.page.sentences]
    for label in rules.labels:
        if not (spans := scene.spans(label.number)):
            continue
        undone = {scene.page.sentence_at(span.start) for span in scene.spans(label.clears)}
        undone |= {scene.page.sentence_at(span.start) for span in _hollow(rules, scene, label.hollow_by)}
        for span in spans:
            if (number := sentence_of(span, scene)) not in undone:
                marks[number].add(label.name)
    return tuple(frozenset(names) for names in marks)


def _hollow(rules: RuleSet, scene: Scene, rule_ids: frozenset[str]) -> list[Span]:
    if not rule_ids:
        return []
    entries = (entry for entry in rules.entries if entry.rule in rule_ids and entry.number is not None)
    return [span for entry in entries for span in scene.spans(entry.number) if not is_cleared(entry, span, scene)]


def findings(
    rules: RuleSet, scene: Scene, *, interface: LanguageTag, suspicions: tuple[Suspicion, ...] | None = None
) -> list[Finding]:
    """Return all findings in reading order, those of the whole reply last.

    `suspicions`: how likely each sentence breaks a rule, () to go by words alone; else they are made here.
    """
    heard = suspect(rules, scene) if suspicions is None else suspicions
    found: list[tuple[Entry, Finding]] = []
    for entry in rules.entries:
        if entry.is_own and sum(one.is_own for one, _ in found) >= MOST_OWN:
            continue
        rule = entry.own or catalogue()[entry.rule]
        if not (entry.when or rule.when).holds(scene.case, anger=scene.anger):
            continue
        # What excuses an entry is asked only where it finds something: most find nothing.
        if (everywhere := FIND[entry.kind](entry, scene)) and not _excused(entry, scene):
            hits = (hit for hit in everywhere if stands(entry, hit, scene))
            # What somebody here wrote themselves is theirs to judge: nothing learnt elsewhere takes it back.
            hits = (hit for hit in hits if entry.is_own or not semantic.is_doubted(entry, hit, scene, heard))
            found += [
                (entry, _weighed(_finding(entry, rule, hit, scene, interface), entry, hit, scene, heard))
                for hit in islice(hits, MOST_OWN_HITS if entry.is_own else None)
            ]
    kept = _without_echoes(found)
    kept += _sensed(rules, scene, heard, kept, interface)
    return sorted(kept, key=lambda f: (len(f.span) == 0, f.span, f.rule))


def _weighed(finding: Finding, entry: Entry, hit: Hit, scene: Scene, heard: tuple[Suspicion, ...]) -> Finding:
    """Return a finding, an error only as a warning where all else in its sentence leaves it unsure."""
    is_error = finding.severity is Severity.ERROR and not entry.is_own
    unsure = is_error and semantic.is_unsure(entry, hit, scene, heard)
    return replace(finding, severity=LOWER[finding.severity]) if unsure else finding


def _sensed(
    rules: RuleSet, scene: Scene, heard: tuple[Suspicion, ...], kept: list[Finding], interface: LanguageTag
) -> list[Finding]:
    """Return what only a suspicion shows, one level lower, where no pattern found that rule already."""
    found: list[Finding] = []
    for label in semantic.alarming(heard, scene):
        rule_id = RULE_OF[label]
        rule, entries = catalogue()[rule_id], [entry for entry in rules.entries if entry.rule == rule_id]
        asked = [e for e in entries if (e.when or rule.when).holds(scene.case, anger=scene.anger)]
        if not asked or any(_excused(entry, scene) for entry in asked):
            continue
        yields = {rule_id}.union(*(entry.yields_to for entry in asked))
        said = [old.span for old in kept if old.rule in yields or (label in FURTHER and _is_sure(old))]
        made = (_finding(asked[0], rule, hit, scene, interface) for hit in semantic.find(label, asked, scene, heard))
        found += [replace(f, severity=LOWER[f.severity]) for f in made if not any(f.span.overlaps(s) for s in said)]
    return found


def _is_sure(finding: Finding) -> bool:
    """Return whether words make an error of a sentence, which needs no second name by a guess at its meaning."""
    return finding.severity is Severity.ERROR and len(finding.span) > 0 and finding.detector is not Detector.SEMANTIC


def _excused(entry: Entry, scene: Scene) -> bool:
    return (
        (entry.unless_fixed and scene.case.has_linked_fix)
        or bool(scene.spans(entry.clears_reply))
        or scene.says(*entry.unless_said)
    )


def _finding(entry: Entry, rule: Rule, hit: Hit, scene: Scene, interface: LanguageTag) -> Finding:
    span = _typed(hit, scene)
    softer = _is_softer(entry, rule, span, scene)
    better = advice(entry, hit, scene, span)
    return Finding(
        rule=rule.id,
        span=span,
        severity=Severity.WARNING if softer and rule.level is Severity.ERROR else rule.level,
        why=_why(entry, rule, hit, interface),
        sources=rule.sources,
        detector=hit.detector,
        suggestions=better.words,
        replaces=better.stretch if better.words and better.stretch != span else None,
        confidence=hit.confidence,
    )


def _is_softer(entry: Entry, rule: Rule, span: Span, scene: Scene) -> bool:
    """Return whether what stands elsewhere in the reply makes an error a warning."""
    if rule.softer is None or entry.is_own:
        return bool(entry.softer_beside) and scene.says(entry.softer_beside)
    words = is_habit(span.of(scene.page.reply), rule.softer.said_as, pack=scene.pack, country=scene.case.market)
    return words and scene.says(rule.softer.beside)


def _why(entry: Entry, rule: Rule, hit: Hit, interface: LanguageTag) -> str:
    reason = entry.why.get(interface) or rule.reason(interface)
    return f"{reason} “{hit.about}”" if hit.about else reason


def _typed(hit: Hit, scene: Scene) -> Span:
    """Return the words at fault in the reply as it was typed, without white space around them."""
    if hit.span is None:
        return WHOLE_REPLY
    span = hit.span if hit.detector is Detector.COMPARE else scene.page.stretch(hit.span)
    words = span.of(scene.page.reply)
    return Span(span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip()))


def _without_echoes(found: list[tuple[Entry, Finding]]) -> list[Finding]:
    """Return the findings without a second one of the same rule, or of a rule that yields, on the same words."""
    kept: list[Finding] = []
    for entry, finding in sorted(found, key=lambda pair: -len(pair[1].span)):
        twice = any(old.rule == finding.rule and _same_place(old, finding) for old in kept)
        said = any(
            other.rule in entry.yields_to and other.span.overlaps(finding.span) for _, other in found if entry.yields_to
        )
        if not twice and not said:
            kept.append(finding)
    return kept


def _same_place(one: Finding, other: Finding) -> bool:
    return one.span.overlaps(other.span) or len(one.span) == len(other.span) == 0
