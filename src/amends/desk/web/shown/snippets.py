"""A snippet on its page: what is written, how it looks to a customer, and what the coach doubts."""

from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict

from amends.desk.models import Snippet
from amends.desk.operations.snippets import texts_of, written_of
from amends.desk.web.timing import language_name
from amends.flow.snippet_file import LONGEST_CUE, LONGEST_NAME, LONGEST_TEXT, MOST_CUES, Written
from amends.flow.snippets import VARIABLES, Doubt, doubts, example
from amends.vocabulary import BadPack, CauseKind, LanguageTag, Stage

TEXT = "text-"


@dataclass(frozen=True, kw_only=True)
class TextShown:
    """One language of a snippet."""

    language: LanguageTag
    name: str
    text: str
    example: str
    doubts: list[Doubt]

    @property
    def field(self) -> str:
        """Return the name of its field."""
        return TEXT + self.language


@dataclass(frozen=True, kw_only=True)
class SnippetShown:
    """A snippet as its form shows it; `row` is None for a new one."""

    row: Snippet | None
    written: Written
    texts: list[TextShown]

    @property
    def doubts(self) -> int:
        """Return how many places of all texts are doubted."""
        return sum(len(text.doubts) for text in self.texts)

    @property
    def cues(self) -> str:
        """Return the cues as one line."""
        return ", ".join(self.written.cues)

    kinds = Snippet.Kind.values
    all_causes = tuple(cause.value for cause in CauseKind)
    all_stages = tuple(stage.value for stage in Stage)
    variables = tuple("{" + name + "}" for name in VARIABLES)


def shown_of(row: Snippet | None, written: Written) -> SnippetShown:
    """Return a snippet with a preview of what is written, which need not be kept yet."""
    texts = [_text(tag, written.texts.get(tag, "")) for tag in languages_of(row)]
    return SnippetShown(row=row, written=written, texts=texts)


def form_of(row: Snippet | None) -> Written:
    """Return what the form of a snippet begins with."""
    return written_of(row) if row else Written(name="", texts={})


def languages_of(row: Snippet | None) -> list[LanguageTag]:
    """Return the languages a snippet has a field for: those of the screens, and whatever it is written in."""
    return list(dict.fromkeys([*dict(settings.LANGUAGES), *(sorted(texts_of(row)) if row else ())]))


def written_in(told: QueryDict, languages: list[LanguageTag]) -> Written:
    """Return what a form says; a word that is none of those to choose from is left out."""
    cues = (" ".join(cue.split())[:LONGEST_CUE] for cue in told.get("cues", "").split(","))
    return Written(
        name=" ".join(told.get("name", "").replace("\x00", "").split())[:LONGEST_NAME],
        kind=kind if (kind := told.get("kind", "")) in Snippet.Kind.values else Snippet.Kind.SNIPPET.value,
        causes=tuple(cause for cause in SnippetShown.all_causes if cause in told.getlist("causes")),
        stages=tuple(stage for stage in SnippetShown.all_stages if stage in told.getlist("stages")),
        cues=tuple(dict.fromkeys(cue for cue in cues if cue))[:MOST_CUES],
        texts={tag: _words(told, TEXT + tag) for tag in languages},
    )


def _words(told: QueryDict, name: str) -> str:
    return told.get(name, "").replace("\r\n", "\n").replace("\x00", "")[: LONGEST_TEXT + 1]


def _text(tag: LanguageTag, text: str) -> TextShown:
    return TextShown(
        language=tag, name=language_name(tag), text=text, example=example(text, language=tag), doubts=_doubts(text, tag)
    )


def _doubts(text: str, tag: LanguageTag) -> list[Doubt]:
    try:
        return doubts(text, language=tag) if text.strip() else []
    except BadPack:
        return []
