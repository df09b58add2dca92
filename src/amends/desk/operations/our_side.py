"""Who we are, as far as it takes to file mail: our addresses, mailboxes, brands and colleagues, read once a group."""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.desk.models import Agent, Brand, Mailbox, RawMessage
from amends.flow.intake import Intake


@dataclass(frozen=True, kw_only=True)
class OurSide:
    """What is ours. All addresses are in lower case.

    `names` stand for us; one word alone is nobody's: customers are called Aino too.
    """

    brands: tuple[Brand, ...]
    mailboxes: Mapping[int, Mailbox]
    addresses: frozenset[str]
    of_people: frozenset[str]
    names: frozenset[str]

    def mailbox_of(self, raw: RawMessage, intake: Intake) -> Mailbox | None:
        """Return the mailbox it came to: the one it was fetched from, else the first recipient that is one of ours."""
        number = raw.envelope.get("mailbox")
        if number:
            return self.mailboxes.get(int(number))
        by_address = {box.address.lower(): box for box in self.mailboxes.values()}
        return next((by_address[address] for address in _recipients(raw, intake) if address in by_address), None)

    def brand_of(self, intake: Intake) -> Brand | None:
        """Return the brand it was written to, else our oldest; None before there is any."""
        written = {address.email.lower() for address in (*intake.letter.to, *intake.letter.cc)}
        named = (brand for brand in self.brands if brand.address.lower() in written)
        return next(iter([*named, *self.brands]), None)


def our_side() -> OurSide:
    """Return what is ours now."""
    brands = {brand.pk: brand for brand in Brand.objects.order_by("pk")}
    mailboxes = {box.pk: box for box in Mailbox.objects.order_by("pk")}
    for box in mailboxes.values():
        box.brand = brands[box.brand_id]
    people = list(Agent.objects.values_list("email", "display_name"))
    written = [*(brand.address for brand in brands.values()), *(box.address for box in mailboxes.values())]
    names = [*(brand.name for brand in brands.values()), *(name for _, name in people)]
    plain = (" ".join(name.lower().split()) for name in names)
    return OurSide(
        brands=tuple(brands.values()),
        mailboxes=mailboxes,
        addresses=frozenset(address.lower() for address in written if address),
        of_people=frozenset(email.lower() for email, _ in people if email),
        names=frozenset(name for name in plain if " " in name),
    )


def _recipients(raw: RawMessage, intake: Intake) -> list[str]:
    written = [address.email for address in (*intake.letter.to, *intake.letter.cc)]
    return [address.lower() for address in (*raw.envelope.get("rcpt", ()), *written)]
