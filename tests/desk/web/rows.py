"""A small desk full of people, written straight into rows: fast, the same every time, and read already."""

from datetime import datetime, timedelta
from typing import Any

from amends.desk.models import (
    Agent,
    Brand,
    Case,
    Conversation,
    Customer,
    Draft,
    Handle,
    Mailbox,
    Membership,
    Message,
    MessageReading,
    Note,
    Order,
    Promise,
    RawMessage,
    Reply,
    Role,
    Team,
)
from amends.desk.operations import index

STORIES: list[dict[str, Any]] = [
    {
        "name": "คุณสมชาย ใจดี", "email": "somchai@example.org", "language": "th", "country": "TH",
        "timezone": "Asia/Bangkok", "subject": "โคมไฟผิดรุ่นรอบที่สาม", "intensity": 4, "hours": 0.31, "cause": "wrong_item",
        "text": "ส่งโคมไฟผิดอีกแล้วครับ รอบที่สามแล้ว ผมสั่งรุ่น A2 สีขาว แต่ได้สีดำตลอด ถ้าพรุ่งนี้ยังไม่แก้ ผมจะไปแจ้ง สคบ. ช่วยโทรหาผมด้วยครับ",
        "threat": ("regulator", "ผมจะไปแจ้ง สคบ."), "fact": ("product", "รุ่น A2 สีขาว"), "wish": ("contact", "ช่วยโทรหาผมด้วย"),
        "evidence": "ส่งโคมไฟผิดอีกแล้วครับ รอบที่สามแล้ว", "order": ("TH-88213", "โคมไฟ A2 สีขาว", "1290.00", "THB", "delivered"), "owner": True,
        "before": (2, "โคมไฟที่ได้ไม่ตรงกับที่สั่งครับ รบกวนเปลี่ยนให้ด้วย", "ขออภัยในความไม่สะดวกค่ะ จะส่งตัวใหม่ให้ภายในวันศุกร์นี้"),
    },
    {
        "name": "Dewi Lestari", "email": "dewi@example.com", "language": "id", "country": "ID", "timezone": "Asia/Jakarta",
        "subject": "Uang saya belum kembali", "intensity": 3, "hours": 0.4, "cause": "refund",
        "text": "Katanya tiga hari, sekarang sudah hari kedelapan dan uang saya belum kembali juga. Saya minta bicara dengan atasan.",
        "wish": ("refund", "uang saya belum kembali"), "evidence": "sekarang sudah hari kedelapan", "manager": True,
        "order": ("ID-20417", "Rice cooker 1,8 L", "649000.00", "IDR", "returned"),
    },
    {
        "name": "Matti Korhonen", "email": "matti@example.org", "language": "fi", "country": "FI", "timezone": "Europe/Helsinki",
        "subject": "Kahvinkeitin vuoti parketille", "intensity": 3, "hours": 2.3, "cause": "defective",
        "text": "Hyvä asiakaspalvelu. Kahvinkeittimenne vuoti yön aikana parketille. Vahinko on 340 euroa. Odotan vastausta perjantaista asti ja kohta otan yhteyttä juristiin.",
        "threat": ("legal", "otan yhteyttä juristiin"), "fact": ("amount", "340 euroa"), "evidence": "Odotan vastausta perjantaista asti",
        "order": ("FI-7741", "Kahvinkeitin Loimu", "119.90", "EUR", "delivered"), "owner": True,
    },
    {
        "name": "Priya Nair", "email": "priya@example.com", "language": "en", "country": "GB", "timezone": "Europe/London",
        "subject": "Parcel marked delivered, but it is not here", "intensity": 2, "hours": 3.1, "cause": "missing", "channel": "webform",
        "text": "Your page says order EN-5120 was delivered yesterday. Nothing is here, and it is for a birthday on Saturday. Can somebody please look into it?",
        "fact": ("order", "EN-5120"), "wish": ("speed", "Can somebody please look into it"), "evidence": "Nothing is here",
        "order": ("EN-5120", "Stand mixer", "249.00", "GBP", "shipped"),
        "before": (1, "Is my parcel on its way?", "Hello Priya, yes. I will write to you by 17:00 today with the carrier's answer. Aino"),
    },
    {
        "name": "Budi Santoso", "email": "budi@example.org", "language": "id", "country": "ID", "timezone": "Asia/Makassar",
        "subject": "Kartu kena tagih dua kali", "intensity": 1, "hours": 0.2, "cause": "billing",
        "text": "Halo, kartu saya kena tagih dua kali sebesar Rp189.000. Apakah nanti dikembalikan? Terima kasih.",
        "fact": ("amount", "Rp189.000"), "evidence": "dua kali", "order": None,
    },
    {
        "name": "Liisa Virtanen", "email": "liisa@example.com", "language": "fi", "country": "FI", "timezone": "Europe/Helsinki",
        "subject": "Kiitos avusta", "intensity": 0, "hours": 5.0, "cause": "",
        "text": "Kiitos, uusi valaisin toimii ja puhelu auttoi paljon.", "order": None, "status": "waiting",
        "before": (3, "Valaisin ei syty ja olen soittanut jo kolme kertaa!", "Hei Liisa, olen pahoillani. Lähetän uuden valaisimen tänään."),
    },
    {
        "name": "Apinya W.", "email": "apinya@example.org", "language": "th", "country": "TH", "timezone": "Asia/Bangkok",
        "subject": "สอบถามวันส่ง", "intensity": None, "hours": 0.05, "cause": "",
        "text": "สวัสดีค่ะ ขอสอบถามว่าของจะถึงวันไหนคะ", "order": None,
    },
]  # fmt: skip


def found_desk(now: datetime) -> dict[str, Any]:
    """Make a brand, people of every role, and a case for each story."""
    team = Team.objects.create(name="Satisfaction")
    brand = Brand.objects.create(
        name="Lumi & Co", address="care@lumi.example", timezone="Europe/Helsinki", country="FI"
    )
    Mailbox.objects.create(brand=brand, address="care@lumi.example", imap_host="imap.lumi.example", last_checked_at=now)
    people = {role.value: _person(role, team) for role in Role}
    cases = [_tell(story, brand, people["agent"], now) for story in STORIES]
    _more(cases, people, now)
    index.begin_rebuild(now=now)
    index.rebuild_some(now=now)
    return {"people": people, "cases": cases, "brand": brand, "team": team}


def _person(role: Role, team: Team) -> Agent:
    names = {"agent": "Aino", "lead": "Maya", "analyst": "Kari", "owner": "Nok", "admin": "Grace"}
    agent = Agent.objects.create_user(
        username=names[role].lower(), display_name=names[role], languages=["fi", "en"], timezone="Europe/Helsinki"
    )
    Membership.objects.create(agent=agent, team=team, role=role)
    return agent


def _tell(story: dict[str, Any], brand: Brand, agent: Agent, now: datetime) -> Case:
    customer = Customer.objects.create(
        name=story["name"], language=story["language"], country=story["country"], timezone=story["timezone"],
        since=now - timedelta(days=1460), likes="Calls after lunch. No vouchers, please." if story["intensity"] == 4 else "",
    )  # fmt: skip
    Handle.objects.create(customer=customer, value=story["email"])
    order = _order(story, customer, now)
    at = now - timedelta(hours=story["hours"])
    waits = story.get("status", "open") == "open"
    case = Case.objects.create(
        customer=customer, brand=brand, order=order, subject=story["subject"], language=story["language"],
        status=story.get("status", "open"), opened_at=now - timedelta(days=3), waiting_since=at if waits else None,
        intensity=story["intensity"], anger=0.9 if (story["intensity"] or 0) > 1 else 0.1, cause=story["cause"],
        last_customer_at=at, owner=agent if story.get("owner") else None, version=1,
    )  # fmt: skip
    talk = Conversation.objects.create(
        case=case, channel=story.get("channel", "email"), token=f"t{case.pk}", subject=story["subject"], started_at=at
    )
    if "before" in story:
        _earlier(story, case, talk, agent, now)
    _say(talk, story["text"], at=at, language=story["language"], intensity=story["intensity"], story=story)
    return case


def _order(story: dict[str, Any], customer: Customer, now: datetime) -> Order | None:
    if not story["order"]:
        return None
    number, item, amount, currency, state = story["order"]
    return Order.objects.create(
        customer=customer, number=number, items=[item], amount=amount, currency=currency, state=state,
        placed_at=now - timedelta(days=11),
    )  # fmt: skip


def _earlier(story: dict[str, Any], case: Case, talk: Conversation, agent: Agent, now: datetime) -> None:
    intensity, asked, answered = story["before"]
    _say(talk, asked, at=now - timedelta(days=3), language=story["language"], intensity=intensity, story={})
    ours = Message.objects.create(
        conversation=talk, direction="out", author=agent, sender_name="Aino", text=answered, new_text=answered,
        language=story["language"], at=now - timedelta(days=2), dedupe_key=f"out{case.pk}",
    )  # fmt: skip
    Reply.objects.create(
        conversation=talk, message=ours, author=agent, recipient=story["email"], text=answered, state="sent",
        language=story["language"], internet_message_id=f"<{case.pk}@lumi.example>", queued_at=ours.at, undo_until=ours.at,
        due_at=ours.at, sent_at=ours.at,
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(last_reply_at=ours.at)
    state, due = (
        ("broken", now - timedelta(days=1)) if story["intensity"] == 4 else ("slipping", now + timedelta(hours=3))
    )
    Promise.objects.create(
        case=case, message=ours, owner=agent, what="replacement", quote=answered[-24:], due_at=due, made_at=ours.at,
        state=state, ended_at=due if state == "broken" else None, note_draft="…" if state == "slipping" else "",
    )  # fmt: skip


def _say(
    talk: Conversation, text: str, *, at: datetime, language: str, intensity: int | None, story: dict[str, Any]
) -> None:
    message = Message.objects.create(
        conversation=talk, direction="in", sender=str(talk.case.customer.handles.first()), sender_name=talk.case.customer.name,
        text=f"{text}\n\n-- \nx", new_text=text, folded=[[len(text) + 2, len(text) + 6]], language=language, at=at,
        dedupe_key=f"{talk.pk}-{at.isoformat()}",
    )  # fmt: skip
    if intensity is None:
        return
    reading = {
        "emotions": {"joy": 0.9} if intensity == 0 else {},
        "threats": [_at(text, story["threat"])] if "threat" in story else [],
        "facts": [_at(text, story["fact"])] if "fact" in story else [],
        "wishes": [_at(text, story["wish"])] if "wish" in story else [],
        "evidence": [_at(text, ("anger", story["evidence"]))] if "evidence" in story else [],
        "causes": [{"cause": story["cause"], "confidence": 0.9}] if story.get("cause") else [],
        "demands_manager": story.get("manager", False),
    }
    MessageReading.objects.create(
        message=message, engine="test", language=language, anger=0.5, intensity=intensity, complaint=0.5, reading=reading,
        read_at=at,
    )  # fmt: skip


def _at(text: str, named: tuple[str, str]) -> dict[str, Any]:
    kind, words = named
    start = text.index(words)
    return {"kind": kind, "start": start, "end": start + len(words), "value": words, "why": kind}


def _more(cases: list[Case], people: dict[str, Agent], now: datetime) -> None:
    """A note, a draft with faults, a letter that failed, a mail in quarantine."""
    hot, later = cases[0], cases[3]
    Note.objects.create(
        case=hot, author=people["lead"], text="Ville took the lamp out himself. @aino", at=now - timedelta(minutes=9)
    )
    Draft.objects.create(
        case=later, conversation=later.conversations.get(), author=people["agent"], seen_version=1, updated_at=now,
        text="Dear {name},\n\nwe are sorry for the inconvenience. The courier lost it. I will send a new mixer, and you "
        "will have it by Friday at 5 pm.\n\nAino",
    )  # fmt: skip
    talk = cases[2].conversations.get()
    Reply.objects.create(
        conversation=talk, author=people["agent"], recipient="matti@example.org", text="Hyvä Matti, …", state="uncertain",
        language="fi", internet_message_id="<u@lumi.example>", queued_at=now, undo_until=now, due_at=now,
        error="The server went away after it had the text.", tries=1,
    )  # fmt: skip
    RawMessage.objects.create(
        channel="imap",
        external_id="1:2:3",
        sha256="0" * 64,
        size=1204,
        body=b"?",
        received_at=now,
        state="quarantined",
        error="No text could be read: the letter is cut off in its header.",
    )
