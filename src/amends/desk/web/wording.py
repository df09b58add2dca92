"""What the ids of the desk are called on screen, in the reader's language."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from amends.desk.web.rule_words import RULE
from amends.desk.web.score_words import SCORE_TABLES
from amends.desk.web.shipped_words import SHIPPED_TABLES
from amends.desk.web.way_words import WAY_TABLES
from amends.vocabulary import AmendsError

Words = Mapping[Any, str | Lazy]

INTENSITY: Final[Words] = {
    # Translators: how upset the customer is, 0 of 4: neutral or pleased.
    0: pgettext_lazy("feeling", "Calm"),
    # Translators: how upset the customer is, 1 of 4: mildly dissatisfied.
    1: pgettext_lazy("feeling", "Uneasy"),
    # Translators: how upset the customer is, 2 of 4: clearly annoyed or disappointed.
    2: pgettext_lazy("feeling", "Annoyed"),
    # Translators: how upset the customer is, 3 of 4.
    3: pgettext_lazy("feeling", "Angry"),
    # Translators: how upset the customer is, 4 of 4; cold fury counts.
    4: pgettext_lazy("feeling", "Furious"),
    None: _("Not yet read"),
}
CAUSE: Final[Words] = {
    "late": pgettext_lazy("cause", "Late"),
    "damaged": pgettext_lazy("cause", "Damaged"),
    "wrong_item": pgettext_lazy("cause", "Wrong item"),
    "missing": pgettext_lazy("cause", "Missing"),
    "defective": pgettext_lazy("cause", "Defective"),
    "refund": pgettext_lazy("cause", "Refund not paid"),
    "billing": pgettext_lazy("cause", "Wrong bill"),
    "rude_staff": pgettext_lazy("cause", "Treated badly"),
    "no_answer": pgettext_lazy("cause", "No answer"),
    "cancellation": pgettext_lazy("cause", "Cancellation"),
    "misleading": pgettext_lazy("cause", "Misled"),
    "account": pgettext_lazy("cause", "Account trouble"),
    "warranty": pgettext_lazy("cause", "Warranty"),
    "other": pgettext_lazy("cause", "Something else"),
}
WISH: Final[Words] = {
    "refund": pgettext_lazy("wish", "wants the money back"),
    "replacement": pgettext_lazy("wish", "wants a replacement"),
    "repair": pgettext_lazy("wish", "wants a repair"),
    "apology": pgettext_lazy("wish", "wants an apology"),
    "explanation": pgettext_lazy("wish", "wants an explanation"),
    "discount": pgettext_lazy("wish", "wants a discount"),
    "contact": pgettext_lazy("wish", "wants a person to get in touch"),
    "cancel": pgettext_lazy("wish", "wants to cancel"),
    "speed": pgettext_lazy("wish", "wants it done fast"),
    "other": pgettext_lazy("wish", "wants something else"),
}
ASKED: Final[Words] = {
    # Translators: shown to the customer after "You would like"; the next nine too.
    "refund": pgettext_lazy("you would like", "your money back"),
    "replacement": pgettext_lazy("you would like", "a replacement"),
    "repair": pgettext_lazy("you would like", "a repair"),
    "apology": pgettext_lazy("you would like", "an apology"),
    "explanation": pgettext_lazy("you would like", "an explanation"),
    "discount": pgettext_lazy("you would like", "a lower price"),
    "contact": pgettext_lazy("you would like", "that a person gets in touch"),
    "cancel": pgettext_lazy("you would like", "to cancel"),
    "speed": pgettext_lazy("you would like", "that it is done fast"),
}
THREAT: Final[Words] = {
    "leave": pgettext_lazy("threat", "will leave us"),
    "legal": pgettext_lazy("threat", "legal steps"),
    "public": pgettext_lazy("threat", "going public"),
    "regulator": pgettext_lazy("threat", "consumer authority"),
}
FACT: Final[Words] = {
    "order": pgettext_lazy("fact", "order number"),
    "amount": pgettext_lazy("fact", "amount"),
    "date": pgettext_lazy("fact", "date"),
    "product": pgettext_lazy("fact", "product"),
    "person": pgettext_lazy("fact", "person"),
    "place": pgettext_lazy("fact", "place"),
    "other": pgettext_lazy("fact", "detail"),
}
FAULT: Final[Words] = {
    "ours": pgettext_lazy("whose mistake", "Ours"),
    "shared": pgettext_lazy("whose mistake", "Shared"),
    "theirs": pgettext_lazy("whose mistake", "The customer’s"),
    "unknown": pgettext_lazy("whose mistake", "Not known yet"),
}
STATUS: Final[Words] = {
    "open": pgettext_lazy("case", "Open"),
    "waiting": pgettext_lazy("case", "Waiting for them"),
    "resolved": pgettext_lazy("case", "Resolved"),
    # Translators: only machines wrote: mail that came back, automatic answers.
    "machine": pgettext_lazy("case", "Machine mail"),
    "merged": pgettext_lazy("case", "Merged"),
    "spam": pgettext_lazy("case", "Spam"),
}
ENDING: Final[Words] = {
    "customer_said": _("The customer says it is solved"),
    "quiet": _("Three quiet days, no open promise"),
    "history": _("Old mail that was imported"),
}
STAGE: Final[Words] = {
    "listen": pgettext_lazy("stage of recovery", "Listen"),
    "acknowledge": pgettext_lazy("stage of recovery", "Acknowledge"),
    "meeting": pgettext_lazy("stage of recovery", "Meeting of minds"),
    "act": pgettext_lazy("stage of recovery", "Act"),
}
DEED: Final[Words] = {
    "refund": pgettext_lazy("promised", "Refund"),
    "replacement": pgettext_lazy("promised", "Replacement"),
    "delivery": pgettext_lazy("promised", "Delivery"),
    "repair": pgettext_lazy("promised", "Repair"),
    "call": pgettext_lazy("promised", "Call"),
    "answer": pgettext_lazy("promised", "Answer"),
    "visit": pgettext_lazy("promised", "Visit"),
    "credit": pgettext_lazy("promised", "Credit"),
    "other": pgettext_lazy("promised", "Promise"),
}
PROMISE: Final[Words] = {
    "made": pgettext_lazy("promise", "Open"),
    "slipping": pgettext_lazy("promise", "Slipping"),
    "told": pgettext_lazy("promise", "Told ahead"),
    "kept": pgettext_lazy("promise", "Kept"),
    "kept_late": pgettext_lazy("promise", "Kept late"),
    "broken": pgettext_lazy("promise", "Broken"),
    "released": pgettext_lazy("promise", "Released"),
}
BECAUSE: Final[Words] = {
    # Translators: why a promise will probably be late; shown after "72 % likely late:".
    "owner": pgettext_lazy("why late", "its owner was often late"),
    "deed": pgettext_lazy("why late", "such promises are often late"),
    "load": pgettext_lazy("why late", "much else is due before it"),
    "order_late": pgettext_lazy("why late", "the order is late"),
    "away": pgettext_lazy("why late", "its owner is away"),
    "nobodys": pgettext_lazy("why late", "it is nobody’s"),
    "time": pgettext_lazy("why late", "most are kept sooner than this"),
}
REPLY: Final[Words] = {
    "queued": pgettext_lazy("reply", "Waits to go"),
    "sending": pgettext_lazy("reply", "On its way"),
    "sent": pgettext_lazy("reply", "Sent"),
    "failed": pgettext_lazy("reply", "Failed"),
    "uncertain": pgettext_lazy("reply", "Uncertain"),
    "cancelled": pgettext_lazy("reply", "Taken back"),
}
HELD: Final[Words] = {
    "halted": _("Held back: all sending is stopped."),
    "muted": _("Held back: mail to this address bounced. Check the address."),
    "budget": _("Held back: this person already got many letters from us today."),
}
ORDER: Final[Words] = {
    "placed": pgettext_lazy("order", "Placed"),
    "shipped": pgettext_lazy("order", "On its way"),
    "late": pgettext_lazy("order", "Late"),
    "delivered": pgettext_lazy("order", "Delivered"),
    "cancelled": pgettext_lazy("order", "Cancelled"),
    "returned": pgettext_lazy("order", "Returned"),
}
MACHINE: Final[Words] = {
    "auto_reply": _("Automatic reply"),
    "out_of_office": _("Out of office"),
    "bounce": _("Bounce: our mail did not arrive"),
    "list": _("Mailing list"),
    "loop": _("Mail loop, stopped"),
}
SEVERITY: Final[Words] = {
    "error": pgettext_lazy("finding", "Would anger them again"),
    "warning": pgettext_lazy("finding", "Weakens the reply"),
    "hint": pgettext_lazy("finding", "Would make it better"),
}
STRICT: Final[Words] = {
    # Translators: after "Read more strictly:".
    "first_reply": pgettext_lazy("read more strictly", "it is the first reply"),
    "angry": pgettext_lazy("read more strictly", "they are angry"),
    "busy": pgettext_lazy("read more strictly", "much is going on"),
    "late_hour": pgettext_lazy("read more strictly", "it is late"),
}
SNIPPET: Final[Words] = {
    "snippet": pgettext_lazy("kind of snippet", "Snippet"),
    "explainer": pgettext_lazy("kind of snippet", "Explains how something works"),
}
DOUBT: Final[Words] = {
    "feeling": _("A feeling in prepared words sounds prepared. Leave it to whoever writes the reply."),
    "apology": _("An apology in prepared words sounds prepared. Leave it to whoever writes the reply."),
    "variable": _("Nobody could fill this variable."),
}
HOUSE_WORD: Final[Words] = {
    "internal": _("Names inside the company: units, systems, short forms"),
    "colleague": _("Colleagues' names, beside those who work on this desk"),
    "brand": _("Words the brand has better ones for"),
}
PACK: Final[Words] = {
    "coach_pack.made": pgettext_lazy("pack", "written"),
    "coach_pack.changed": pgettext_lazy("pack", "changed"),
    "coach_pack.switched_on": pgettext_lazy("pack", "switched on"),
    "coach_pack.switched_off": pgettext_lazy("pack", "switched off"),
}
ROLE: Final[Words] = {
    "agent": pgettext_lazy("role", "Agent"),
    "lead": pgettext_lazy("role", "Supervisor"),
    "analyst": pgettext_lazy("role", "Analyst"),
    "owner": pgettext_lazy("role", "Owner of causes"),
    "admin": pgettext_lazy("role", "Administrator"),
}
COACHED: Final[Words] = {
    # Translators: the writer took the words that the coach suggested.
    "used": pgettext_lazy("what the coach said", "Suggestion used"),
    "changed": pgettext_lazy("what the coach said", "Changed"),
    "set_aside": pgettext_lazy("what the coach said", "Set aside"),
    "sent": pgettext_lazy("what the coach said", "Sent as it was"),
}
ENCRYPTION: Final[Words] = {"tls": "TLS", "starttls": "STARTTLS", "none": pgettext_lazy("encryption", "None")}
SIGN_IN: Final[Words] = {
    "password": _("A password"),
    "google": _("Google: connect, no password"),
    "microsoft": _("Microsoft: connect, no password"),
}
AFTER_READING: Final[Words] = {
    "seen": _("It is marked as read"),
    "leave": _("It is left as it is"),
    "move": _("It is moved to another folder"),
}
SERVICE: Final[Words] = {"": _("None: the SMTP server above")}
PLUS: Final[Words] = {
    "": _("As the desk’s settings say"),
    "yes": _("Used: the server delivers them"),
    "no": _("Not used: answers find home by their headers"),
}
ACT: Final[Words] = {
    "assign": pgettext_lazy("on many cases", "Assign"),
    "tag": pgettext_lazy("on many cases", "Hang a tag"),
    "untag": pgettext_lazy("on many cases", "Take a tag off"),
    "snooze": pgettext_lazy("on many cases", "Put to sleep"),
    "resolve": pgettext_lazy("on many cases", "Resolve"),
    "spam": pgettext_lazy("on many cases", "Mark as spam"),
}
HAPPENED: Final[Words] = {
    "case.assigned": _("Owner changed"),
    "case.snoozed": _("Put to sleep"),
    "case.woke": _("Woken"),
    "case.resolved": _("Resolved"),
    "case.reopened": _("Taken up again"),
    "case.fault_set": _("Whose mistake it was"),
    "case.tagged": _("Tag hung"),
    "case.untagged": _("Tag taken off"),
    "case.spam": _("Marked as spam"),
    "case.not_spam": _("Not spam after all"),
    "case.merged": _("Cases merged"),
    "case.split": _("Words split off"),
    "case.words_moved": _("Words moved"),
    "case.move_undone": _("Words put back"),
    "conversation.admitted": _("Takes part now"),
    "message.marked": _("New words marked by hand"),
    "promise.kept": _("Promise kept"),
    "promise.kept_late": _("Promise kept late"),
    "promise.slipping": _("Promise is slipping"),
    "promise.told": _("Customer told ahead"),
    "promise.broken": _("Promise broken"),
    "promise.released": _("Customer released a promise"),
    "promise.tell_now": _("Promise is slipping: the customer should hear of it now"),
    "promise.last_word": _("Promise is slipping: last chance to tell the customer ahead"),
    "promise.overdue": _("Promise is overdue"),
    "promise.note_withdrawn": _(
        "The note ahead was withdrawn: its time is over. Write to them with a name and a cause."
    ),
    "promise.withdrawn": _("Promise withdrawn with its reply"),
    "promise.disputed": _("Customer says a promise was not kept"),
    "promise.handed_over": _("Promise handed over"),
    "promise.corrected": _("Promise was counted as kept by mistake; it is promised anew"),
    "promise.upheld": _("What the customer denied did happen"),
    "customer.said_solved": _("Customer says it is solved"),
    "customer.felt": _("Customer said how they feel"),
    "reply.failed": _("Reply failed"),
    "reply.uncertain": _("Not known whether the reply arrived"),
    "reply.cancelled": _("Reply taken back"),
    "reply.returned": _("Reply came back: it did not arrive"),
    "reply.given_back": _("The customer wrote first: the reply meant for later is a draft again"),
    "reply.called_off": _("Automatic letter not needed any more"),
    "promise.unheard": _("The customer never heard this promise: its letter came back"),
    "handle.muted": _("Address not written to any more"),
    "todo.made": _("A person is asked"),
    "todo.done": _("Task done"),
}
TODO: Final[Words] = {
    "acknowledge": _("Tell them that we have their letter: the desk may do so only once a day."),
    "unsent": _("A reply could not be delivered. See why, then send it again or reach them another way."),
    "returned": _("A reply came back. What it said and promised, they do not know."),
    "disputed": _("They say that something we promised did not happen. Find out, and write to them."),
    "follow_up": _("Ask whether all is well now."),
    "answer": _("Answer them: nothing has been promised yet."),
}
NEWS: Final[Words] = {
    "message.filed": _("The customer wrote"),
    "reply.queued": _("A colleague replied"),
    "note.added": _("A colleague left a note"),
    "customer.said_solved": _("Customer says it is solved"),
    "customer.felt": _("Customer said how they feel"),
    "promise.disputed": _("Customer says a promise was not kept"),
    "case.merged": _("A colleague merged cases"),
    "case.split": _("A colleague split words off"),
    "case.words_moved": _("A colleague moved words"),
    "case.move_undone": _("A colleague put words back"),
}
MARK: Final[Words] = {"circle": "●", "square": "■", "triangle": "▲", "diamond": "◆", "star": "★", "cross": "✚"}
"""The shape of a tag: colour alone would leave out whoever does not see it."""
REFUSALS: Final = (
    _("Nothing had to be changed."),
    _("It was changed again since."),
    _("A tag needs a name: a word or two that colleagues will understand."),
    _("Only an address or a whole domain can be blocked: name@example.org or @example.org."),
    _("A view of that name is kept already. Choose another name, or remove that one first."),
    _("A snippet needs a name and words in at least one language."),
    _("The file of snippets is not right, so nothing was taken from it. Mend the place named, then try again."),
    _("A snippet is longer than it may be. Part it in two."),
    _("Another snippet has this name. Give this one its own."),
    _("Nobody could fill one of the variables. Choose from those listed."),
    _("No model is set up to rewrite replies. An administrator can name one in the settings."),
    _("The model changed something that it must not, so its words are not offered. Yours are untouched."),
    _("The model did not answer as it should. Your words are untouched; write on, or try again later."),
    _("A pack needs a name without a comma, and at least one rule."),
    _("Another pack has this name. Give this one its own."),
    _("The pack does not hold yet. Mend the lines named, then keep it."),
    _("The coach does not know this language. Choose one of the list."),
    _("Too many packs are on. Switch one off, or put two together."),
    _("A word needs letters, and none of ( ) [ ] { } | ~, so that it can be looked for."),
    _("This word is on the list already, or would be suggested for itself."),
    _("A view needs a name and a search. Give it both, and a team if it is for one."),
    _("It already rests."),
    _("Nobody has answered yet: a case is never given up without an attempt to put it right."),
    _("The customer has not said anything since our last reply."),
    _("The customer is still waiting for us."),
    _("Three quiet days have not passed yet."),
    _("A promise is still open."),
    _("A promise was broken, and nobody has written to them since."),
    _("Their last words are not those of somebody for whom it is solved."),
    _("This case may not rest yet. Answer it, let three quiet days pass, or let the customer say that it is solved."),
    _("A promise needs a time by which it will be kept. Give it one, or set the proposal aside."),
    _("Only what the desk counted as kept, or the customer says was not, is promised anew, once. Promise in a reply."),
    _("These words do not stand in your reply. Select them there, or write them as they stand."),
    _("The note names another day than the new time you chose. Make them the same, then send it."),
    _("The time we proposed is over or was changed meanwhile. Tell us below what would suit you."),
    _("The reply names a time for something. Say for each whether you promise it, then send again."),
    _("Its time is over, so no note can come ahead of it. Write to them yourself: who is sorry, why, and what now."),
    _("This mail is not in quarantine, so there is nothing to try again."),
    _("This reply has neither failed nor hangs, so sending it again would only write twice."),
    _("We know no address of this customer to write to. Add one, or answer where they wrote."),
    _("A reply can be sent later at a time that is still to come, within sixty days. Choose one, or send it now."),
    _("The reply still breaks a rule that would anger the customer again. Change it, or send with a reason."),
    _("Something happened on this case after you began to write. Read what is new, then send."),
    _("This has already ended and cannot change any more. Make a new promise instead."),
    _("One of these cases was merged already."),
    _("That is the same case."),
    _("Choose at least one message, all of one case."),
    _("A case keeps at least one message. Merge the whole case instead."),
    _("It was taken back already."),
    _("Something else was moved since. Take that back first."),
    _("We have answered these words since, where they are now."),
    _("More was said there since."),
    _("A message keeps at least one new word. If none is new, leave the marks as they are."),
    _("The text is longer than Amends reads at once. Shorten it, or read it in parts."),
)
TABLES: Final[Mapping[str, Words]] = {
    "intensity": INTENSITY, "cause": CAUSE, "wish": WISH, "asked": ASKED, "threat": THREAT, "fact": FACT,
    "fault": FAULT, "status": STATUS, "ending": ENDING, "stage": STAGE, "deed": DEED, "promise": PROMISE,
    "because": BECAUSE, "strict": STRICT, "doubt": DOUBT, "snippet": SNIPPET,
    "house_word": HOUSE_WORD, "pack": PACK, "coached": COACHED, "rule": RULE,
    "reply": REPLY, "held": HELD, "order": ORDER, "machine": MACHINE, "severity": SEVERITY,
    "role": ROLE, "encryption": ENCRYPTION, "sign_in": SIGN_IN, "after_reading": AFTER_READING,
    "service": SERVICE, "plus": PLUS, "happened": HAPPENED, "todo": TODO, "mark": MARK, "act": ACT, "news": NEWS,
    **SCORE_TABLES, **SHIPPED_TABLES, **WAY_TABLES,
}  # fmt: skip


def word(kind: str, name: Any, *, otherwise: str | None = None) -> str:
    """Return what `name` of that kind is called; one we have no word for is shown as `otherwise`, or as it is."""
    leaf = name.rpartition(".")[2] if kind == "cause" and isinstance(name, str) else name
    unknown = name if name is not None else ""
    return str(TABLES[kind].get(leaf, unknown if otherwise is None else otherwise))


def refusal(error: AmendsError) -> str:
    """Return in the reader's language why the desk refused."""
    return gettext(str(error))
