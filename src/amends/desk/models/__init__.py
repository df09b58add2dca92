"""Rows: one file a noun."""

from amends.desk.models.agent import Agent
from amends.desk.models.attachment import Attachment
from amends.desk.models.batch import Batch, BatchLine
from amends.desk.models.block import Block
from amends.desk.models.bounce import Bounce
from amends.desk.models.brand import Brand
from amends.desk.models.case import Case
from amends.desk.models.case_move import CaseMove
from amends.desk.models.coach_pack import CoachPack, CoachPackText, HouseWord
from amends.desk.models.conversation import Conversation
from amends.desk.models.correction import Correction
from amends.desk.models.customer import Customer, Handle
from amends.desk.models.delivery_report import DeliveryReport
from amends.desk.models.draft import Draft
from amends.desk.models.event import Event
from amends.desk.models.evidence import Evidence
from amends.desk.models.feed import Feed
from amends.desk.models.halt import Halt
from amends.desk.models.job import Attempt, Job
from amends.desk.models.layout import Layout
from amends.desk.models.mail_folder import MailFolder
from amends.desk.models.mailbox import Mailbox
from amends.desk.models.marking import Marking
from amends.desk.models.membership import Membership, Role
from amends.desk.models.mention import Mention
from amends.desk.models.message import Message
from amends.desk.models.note import Note
from amends.desk.models.order import Order
from amends.desk.models.pack_trial import PackTrial
from amends.desk.models.promise import Promise
from amends.desk.models.promise_label import PromiseLabel
from amends.desk.models.raw_message import RawMessage
from amends.desk.models.reading import MessageReading
from amends.desk.models.recap import Recap
from amends.desk.models.refit import Refit, RefitChoice
from amends.desk.models.reminder import Reminder
from amends.desk.models.reply import Reply
from amends.desk.models.saved_view import SavedView
from amends.desk.models.search_state import IndexedCase, KnownWord, SearchCursor
from amends.desk.models.snippet import Snippet, SnippetText
from amends.desk.models.tag import Tag, Tagging
from amends.desk.models.team import Team
from amends.desk.models.todo import Todo

__all__ = [
    "Agent",
    "Attachment",
    "Attempt",
    "Batch",
    "BatchLine",
    "Block",
    "Bounce",
    "Brand",
    "Case",
    "CaseMove",
    "CoachPack",
    "CoachPackText",
    "Conversation",
    "Correction",
    "Customer",
    "DeliveryReport",
    "Draft",
    "Event",
    "Evidence",
    "Feed",
    "Halt",
    "Handle",
    "HouseWord",
    "IndexedCase",
    "Job",
    "KnownWord",
    "Layout",
    "MailFolder",
    "Mailbox",
    "Marking",
    "Membership",
    "Mention",
    "Message",
    "MessageReading",
    "Note",
    "Order",
    "PackTrial",
    "Promise",
    "PromiseLabel",
    "RawMessage",
    "Recap",
    "Refit",
    "RefitChoice",
    "Reminder",
    "Reply",
    "Role",
    "SavedView",
    "SearchCursor",
    "Snippet",
    "SnippetText",
    "Tag",
    "Tagging",
    "Team",
    "Todo",
]
