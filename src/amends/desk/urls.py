"""Every address of the desk. A new route needs a row in the access table: `guarded` refuses one without."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, URLResolver, path

from amends.desk.access import may
from amends.desk.channels.services import doors
from amends.desk.channels.webform import views as webform
from amends.desk.web import (
    attachment,
    belonging,
    brands,
    case,
    customer_page,
    draft,
    entry,
    events,
    grants,
    laid_out,
    mailboxes,
    measures,
    new_words,
    now,
    outbox,
    people,
    playbook,
    preferences,
    promises,
    quarantine,
    reply,
    stops,
)


def guarded(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """Return an address that only the roles of the access table may call."""
    return path(route, may(name)(view), name=name)


desk: list[URLPattern | URLResolver] = [
    guarded("", now.page, "now"),
    guarded("search/", now.search, "search"),
    guarded("cases/<int:number>/", case.page, "case"),
    guarded("cases/<int:number>/assign", case.assign, "case-assign"),
    guarded("cases/<int:number>/snooze", case.snooze, "case-snooze"),
    guarded("cases/<int:number>/resolve", case.resolve, "case-resolve"),
    guarded("cases/<int:number>/reopen", case.reopen, "case-reopen"),
    guarded("cases/<int:number>/fault", case.fault, "case-fault"),
    guarded("cases/<int:number>/stage", case.stage, "case-stage"),
    guarded("cases/<int:number>/note", case.note, "case-note"),
    guarded("cases/<int:number>/merge", belonging.merge, "case-merge"),
    guarded("cases/<int:number>/sort", belonging.sort, "case-sort"),
    guarded("cases/<int:number>/split", belonging.split, "case-split"),
    guarded("cases/<int:number>/move", belonging.move, "case-move"),
    guarded("moves/<int:number>/undo", belonging.take_back, "move-undo"),
    guarded("messages/<int:number>/admit", belonging.admit, "message-admit"),
    guarded("messages/<int:number>/words", new_words.page, "message-words"),
    guarded("markings/<int:number>/undo", new_words.take_back, "marking-undo"),
    guarded("cases/<int:number>/draft", draft.save, "draft"),
    guarded("cases/<int:number>/draft/chip", draft.chip, "draft-chip"),
    guarded("cases/<int:number>/draft/dismiss", draft.dismiss, "draft-dismiss"),
    guarded("cases/<int:number>/draft/park", draft.park, "draft-park"),
    guarded("cases/<int:number>/draft/attach", draft.attach, "draft-attach"),
    guarded("cases/<int:number>/send", reply.send, "reply-send"),
    guarded("replies/<int:number>/undo", reply.undo, "reply-undo"),
    guarded("replies/<int:number>/again", reply.again, "reply-again"),
    guarded("promises/", promises.page, "promises"),
    guarded("promises/<int:number>/keep", promises.keep, "promise-keep"),
    guarded("promises/<int:number>/tell", promises.tell, "promise-tell"),
    guarded("promises/<int:number>/release", promises.release, "promise-release"),
    guarded("outbox/", outbox.page, "outbox"),
    guarded("outbox/<int:number>/", outbox.reply, "outbox-reply"),
    guarded("outbox/halt", stops.halt, "halt"),
    guarded("outbox/lift", stops.lift, "halt-lift"),
    guarded("quarantine/", quarantine.page, "quarantine"),
    guarded("quarantine/<int:number>/again", quarantine.again, "quarantine-replay"),
    guarded("quarantine/<int:number>/raw", quarantine.raw, "raw-download"),
    guarded("files/<int:number>/", attachment.file, "attachment"),
    guarded("messages/<int:number>/raw", attachment.as_it_came, "message-raw"),
    guarded("files/<int:number>/small", attachment.small, "attachment-thumbnail"),
    guarded("people/", people.page, "people"),
    guarded("people/add", people.agent_add, "agent-add"),
    guarded("people/<int:number>/roles", people.agent_roles, "agent-roles"),
    guarded("people/<int:number>/link", people.agent_link, "agent-link"),
    guarded("people/<int:number>/active", people.agent_active, "agent-active"),
    guarded("mailboxes/add", mailboxes.add, "mailbox-add"),
    guarded("mailboxes/connected/", grants.connected, "mailbox-connected"),
    guarded("mailboxes/<int:number>/", mailboxes.edit, "mailbox-edit"),
    guarded("mailboxes/<int:number>/test", mailboxes.test, "mailbox-test"),
    guarded("mailboxes/<int:number>/folders", mailboxes.folders, "mailbox-folders"),
    guarded("mailboxes/<int:number>/app", grants.app, "mailbox-app"),
    guarded("mailboxes/<int:number>/connect", grants.connect, "mailbox-connect"),
    guarded("brands/add", brands.add, "brand-add"),
    guarded("brands/<int:number>/", brands.edit, "brand-edit"),
    guarded("work/given-up/", stops.dead_jobs, "dead-jobs"),
    guarded("work/<int:number>/again", stops.job_again, "job-again"),
    guarded("playbook/", playbook.page, "playbook"),
    guarded("measures/", measures.page, "measures"),
    guarded("preferences/", preferences.page, "preferences"),
    guarded("preferences/password", preferences.password, "preferences-password"),
    guarded("events/", events.stream, "events"),
    guarded("log-out/", entry.log_out, "log-out"),
]

public: list[URLPattern | URLResolver] = [
    path("log-in/", entry.log_in, name="log-in"),
    path("log-in/once/<str:token>/", entry.one_time, name="one-time"),
    path("health", entry.health, name="health"),
    path("write/", webform.web_form, name="web-form"),
    path("write/thanks/", webform.web_form_thanks, name="web-form-thanks"),
    path("letters/<str:word>/", laid_out.page, name="letter"),
    path("letters/pictures/<str:word>", laid_out.picture, name="letter-picture"),
    path("letters/far-pictures/<str:word>", laid_out.far_picture, name="letter-far-picture"),
    path("services/<str:service>/letters/", doors.letters, name="service-letters"),
    path("services/<str:service>/news/", doors.news, name="service-news"),
    path("page/<str:token>/", customer_page.page, name="page"),
    path("page/<str:token>/words", customer_page.add_words, name="page-words"),
    path("page/<str:token>/wish", customer_page.wish, name="page-wish"),
    path("page/<str:token>/solved", customer_page.solved, name="page-solved"),
    path("page/<str:token>/not-kept", customer_page.not_kept, name="page-not-kept"),
    path("page/<str:token>/feeling", customer_page.feeling, name="page-feeling"),
    path("page/<str:token>/photo/<int:number>", customer_page.photo, name="page-photo"),
]

urlpatterns = [*desk, *public]
