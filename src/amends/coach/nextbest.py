"""The next best sentence: what would do most for this reply now, where it goes, and what it means.

The order in which lacks are mended is skeleton.yaml's: responsibility and repair first (Lewicki et al. 2016), then
regret, feeling, what it meant for them, the question. docs/decisions/0112-the-next-best-sentence.md
"""

from typing import Final

from amends.coach.culture import Manner, Voice, culture, manner, opens
from amends.coach.facts import Facts, facts_of
from amends.coach.finding import NextSentence
from amends.coach.parts import stretch
from amends.coach.scene import Scene
from amends.coach.skeleton import LetterPart, Sentence, skeleton, wording
from amends.languages.pack import LanguagePack
from amends.text.normal import normal

GREET: Final = "greet"
PARAGRAPH: Final = "\n\n"
ENDS: Final = (".", "!", "?", "…", ":")
LONGEST_CLOSING: Final = 60
LOOSE: Final = frozenset({"restate", "promise"})
"""Labels that many sentences carry beside what they are for: they tell the place only where nothing else does."""


def next_sentence(scene: Scene, voice: Voice, *, meant_in: LanguagePack) -> NextSentence | None:
    """Return the sentence worth adding next, None when none of the skeleton is.

    `meant_in`: the pack of the interface's language, for the meaning. A sentence that would name something the case
    does not know is passed over, and the plainer one below it taken.
    """
    case, reply = scene.case, scene.page.reply
    facts = facts_of((*case.facts, *voice.facts), name=case.customer_name)
    here = manner(scene.pack, voice, name=case.customer_name, reply=reply, message=scene.message)
    for name in skeleton().offered:
        part = skeleton().parts[name]
        if is_missing(part, scene, voice):
            for sentence in part.sentences:
                text = _said(sentence, scene, facts, here)
                if text is not None:
                    meaning = _meaning(sentence, scene, voice, facts, meant_in)
                    return _placed(part, sentence, text, meaning, scene, voice)
    return None


def is_missing(part: LetterPart, scene: Scene, voice: Voice) -> bool:
    """Return whether the reply lacks a part and the customer is upset enough to miss it."""
    if part.name == GREET:
        return not _greeted(scene, voice)
    return scene.anger >= part.anger and not scene.says(*part.shown_by) and not scene.means(*part.shown_by)


def _said(sentence: Sentence, scene: Scene, facts: Facts, here: Manner) -> str | None:
    if not sentence.suits(scene.case.fault, facts):
        return None
    return wording(sentence.id, scene.pack, manner=here, facts=facts)


def _meaning(sentence: Sentence, scene: Scene, voice: Voice, facts: Facts, meant_in: LanguagePack) -> str:
    """Return the sentence in the language of the interface, "" when the reply is written in that."""
    if meant_in is scene.pack:
        return ""
    there = manner(
        meant_in,
        Voice(address=voice.address, endings=voice.endings),
        name=scene.case.customer_name,
        reply="",
        message=None,
    )
    return wording(sentence.id, meant_in, manner=there, facts=facts) or ""


def _greeted(scene: Scene, voice: Voice) -> bool:
    names = [part for part in normal(scene.case.customer_name).text.split() if len(part) > 1]
    return not names or any(name in scene.page.plain for name in names) or _first_of_body(scene, voice) > 0


def _placed(part: LetterPart, sentence: Sentence, text: str, meaning: str, scene: Scene, voice: Voice) -> NextSentence:
    place, before, after = _place(part, text, scene, voice)
    return NextSentence(
        id=sentence.id, part=part.name, text=text, meaning=meaning, place=place, before=before, after=after
    )


def _place(part: LetterPart, text: str, scene: Scene, voice: Voice) -> tuple[int, str, str]:
    """Return where a part goes and what parts it from its neighbours: before the first sentence that comes after it."""
    first, end = _first_of_body(scene, voice), _end_of_body(scene, voice)
    if part.name == GREET or not scene.page.sentences:
        return 0, "", PARAGRAPH if scene.page.sentences else ""
    later = (n for n in range(first, end) if _rank(scene.labels[n]) > skeleton().rank(part.name))
    if (follower := next(later, None)) is not None and not _opens_with_greeting(follower, scene, voice):
        return stretch(scene, follower).start, "", _joint(text, scene)
    if first < end:
        last = stretch(scene, end - 1)
        return last.end, _joint(last.of(scene.page.reply), scene), ""
    return (stretch(scene, first - 1).end, PARAGRAPH, "") if first else (0, "", PARAGRAPH)


def _joint(before: str, scene: Scene) -> str:
    """Return what parts a sentence from the next: a space, or a new line where nothing shows that it has ended."""
    rules = scene.pack.sentence_rules
    ended = before.rstrip("\"'”’)»").endswith((*ENDS, *rules.closing_words))
    return " " if ended else "\n"


def _rank(labels: frozenset[str]) -> int:
    """Return where in the letter a sentence with these labels stands; -1 when they do not tell."""
    telling = labels - LOOSE or labels
    return min((n for n, part in enumerate(skeleton().parts.values()) if telling & {*part.shown_by}), default=-1)


def _opens_with_greeting(number: int, scene: Scene, voice: Voice) -> bool:
    return number == 0 and opens(scene.page.said(0), culture(scene.pack, voice.country).get("greetings", []))


def _first_of_body(scene: Scene, voice: Voice) -> int:
    """Return the number of the first sentence that is no greeting on its own line."""
    if not scene.page.sentences or not _opens_with_greeting(0, scene, voice):
        return 0
    follows = scene.page.reply[stretch(scene, 0).end :]
    alone = not follows.strip(" \t,") or follows.lstrip(" \t,").startswith("\n")
    return 1 if alone and len(scene.page.sentences[0]) <= LONGEST_CLOSING else 0


def _end_of_body(scene: Scene, voice: Voice) -> int:
    """Return the number after the last sentence before the closing words and the signature."""
    closings = culture(scene.pack, voice.country).get("closings", [])
    for number in range(1, len(scene.page.sentences)):
        if len(scene.page.sentences[number]) <= LONGEST_CLOSING and _closes(number, scene, closings):
            return number
    return len(scene.page.sentences)


def _closes(number: int, scene: Scene, closings: list[str]) -> bool:
    """Return whether the sentence is a closing, or a short last line that ends no sentence: a name."""
    span = stretch(scene, number)
    begins_line = scene.page.reply[: span.start].rstrip(" \t").endswith("\n")
    words = span.of(scene.page.reply)
    is_name = number == len(scene.page.sentences) - 1 and not scene.labels[number] and words[-1:] not in ENDS
    return begins_line and (scene.page.said(number).strip(" ,.!\n") in closings or is_name)
