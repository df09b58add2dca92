"""One rule of the coach: why it is there, how it is found, and replies on both sides."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from amends.coach.catalogue import When, catalogue
from amends.coach.explained import InLanguage, Shown, explained
from amends.coach.measured import Measured
from amends.coach.survey import GAP
from amends.desk.access import agent_of
from amends.desk.access_to_coach import packs_for
from amends.desk.web.score_words import DETECTOR
from amends.desk.web.shown.own_rules import own_rules
from amends.desk.web.shown.promise_figures import Shown as ShownShare
from amends.desk.web.wording import word
from amends.vocabulary import Fault


@dataclass(frozen=True, kw_only=True)
class ExampleLine:
    """One reply on the page. `is_bad`: the rule fires on it; `around`: what of the case it needs for that."""

    is_bad: bool
    reply: str
    message: str
    around: str

    @property
    def icon(self) -> str:
        """Return the symbol that stands before it."""
        return "x" if self.is_bad else "check"


@require_safe
def page(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Show a rule with its reason in the reader's language and its examples in every language."""
    if rule_id not in catalogue():
        return _own(request, rule_id)
    told = explained(rule_id)
    shown = {
        "rule": told.rule,
        "reason": told.rule.reason(translation.get_language() or "en"),
        "when": _when(told.rule.when),
        "languages": [(one, one.detectors == GAP, _lines(one), _pulls(one)) for one in told.languages],
        "measured": [
            (row, [ShownShare(share=share) if share.n else None for share in (row.precision, row.recall)])
            for row in sorted(told.measured, key=_by_language)
        ],
    }
    return render(request, "rule.html", shown)


def _by_language(row: Measured) -> tuple[int, int]:
    """Return where a row stands: each language together, from the quickest way of finding to the fullest."""
    tags = [tag for tag, _ in settings.LANGUAGES]
    return tags.index(row.language) if row.language in tags else len(tags), list(DETECTOR).index(row.detector)


def _own(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Show a rule that somebody here wrote, as its packs say it; 404 where none that speaks has it."""
    interface = translation.get_language() or "en"
    found = [one for one in own_rules(packs_for(agent_of(request)), interface) if one.rule.id == rule_id]
    if not found:
        raise Http404
    rule = found[0].rule
    languages = [(one, False, _lines(one.shown), _pulls(one.shown)) for one in found]
    return render(request, "rule.html", {"rule": rule, "reason": rule.reason(interface), "languages": languages})


def _lines(one: InLanguage) -> list[ExampleLine]:
    return [_line(shown, is_bad=True) for shown in one.bad] + [_line(shown, is_bad=False) for shown in one.good]


def _pulls(one: InLanguage) -> list[tuple[str, list[ExampleLine]]]:
    """Return the tensions of a rule: the rows that pull, and words on both sides."""
    lines = ((pull.rows, [_line(pull.found, is_bad=True), _line(pull.left, is_bad=False)]) for pull in one.pulls)
    return [(" ↔ ".join(rows), both) for rows, both in lines]


def _line(shown: Shown, *, is_bad: bool) -> ExampleLine:
    around = [_circumstance(name, value) for name, value in shown.needs.items()]
    return ExampleLine(is_bad=is_bad, reply=shown.reply, message=shown.message, around="; ".join(filter(None, around)))


def _circumstance(name: str, value: str) -> str:
    if name == "anger":
        return word("intensity", int(value))
    if name == "fault":
        return word("fault", value)
    return value if name in {"name", "facts"} else ""


def _when(when: When) -> str:
    """Return in words to which cases the rule applies, "" for all."""
    upset = [gettext("when they are upset")] if when.anger else []
    faults = [word("fault", fault.value) for fault in Fault if fault in when.faults]
    return ", ".join(upset + (faults if len(faults) < len(Fault) else []))
