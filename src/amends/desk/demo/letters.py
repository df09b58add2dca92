"""What the invented customers send: real mails and real web forms, as bytes."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from babel.dates import format_datetime as spoken

from amends.desk.demo.story import Said, Story
from amends.desk.models import Brand, Message
from amends.flow.web_form import WebFormMessage
from amends.vocabulary import Moment


def mail(
    story: Story, number: int, *, brand: Brand, at: Moment, ours: Message | None, quoting: str, answers: str
) -> bytes:
    """Return message `number` of a story as a mail. `ours` is quoted below; `answers`: the Message-ID it replies to."""
    said = story.thread[number]
    letter = EmailMessage(policy=SMTP)
    letter["From"] = Address(story.customer["name"], addr_spec=story.customer["email"])
    letter["To"] = Address(brand.name, addr_spec=brand.address)
    letter["Subject"] = said.subject
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = name_of(story, number)
    if answers:
        letter["In-Reply-To"] = letter["References"] = answers
    letter.set_content(said.body + (_quoted(story, ours, brand, quoting) if ours else "") + "\n")
    return letter.as_bytes()


def name_of(story: Story, number: int) -> str:
    """Return the Message-ID of a message of a story."""
    domain = story.customer["email"].rpartition("@")[2]
    return f"<{story.language}.{story.number}.{number}@{domain}>"


def form(story: Story, said: Said, *, at: Moment) -> bytes:
    """Return a message of a story as written on the web form."""
    return WebFormMessage(
        name=story.customer["name"],
        email=story.customer["email"],
        subject=said.subject,
        text=said.body,
        at=at,
        language=story.language,
    ).as_bytes()


def _quoted(story: Story, ours: Message, brand: Brand, quoting: str) -> str:
    """Return our words as a customer's mail program repeats them below an answer."""
    when = spoken(ours.at, "long", locale=story.language)
    introduction = quoting.format(at=when, us=f"{brand.name} <{brand.address}>")
    lines = (f"> {line}" if line else ">" for line in ours.text.splitlines())
    return "\n\n" + "\n".join([introduction, *lines])
