"""What a cause is called in the trade of the company, in the reader's language; packs hold the words."""

from django.utils.translation import get_language

from amends.desk.models import Case
from amends.desk.web.wording import CAUSE, word
from amends.languages import load
from amends.reading.trades import TRADES, trades
from amends.vocabulary import CauseKind, JsonObject


def trade_of_case(case: Case, reading: JsonObject | None) -> str:
    """Return the trade that the brand of a case names, else the one its newest words tell, "" for none."""
    return case.brand.trade or str((reading or {}).get("trade", ""))


def cause_called(cause: str, trade: str) -> str:
    """Return what a cause is called in a trade; where it has no word of its own there, the usual one."""
    leaf = cause.rpartition(".")[2]
    own = trades(load(get_language() or "en")).get(trade)
    said = own.words.get(CauseKind(leaf), "") if own and leaf in CAUSE else ""
    return said or word("cause", cause)


def trade_choices() -> list[tuple[str, str]]:
    """Return the trades with what each is called, for a form."""
    own = trades(load(get_language() or "en")) or trades(load("en"))
    return [(name, own[name].shown) for name in TRADES]
