"""What a person has to do on a case."""

from django.db import models
from django.db.models import Q

from amends.desk.models.agent import Agent
from amends.desk.models.case import Case
from amends.desk.models.reply import Reply


class Todo(models.Model):
    """A person's task on a case, made by the desk where only a person can go on.

    `owner` None: whoever works on the case. `reply` is the one that did not arrive, if that is what it is about.
    `evidence` says what ended it: the words of whoever ticked it off, or the reply that did. One of a kind may be open
    on a case.
    """

    class Kind(models.TextChoices):
        """What to do: tell them that we have their words; see to a reply that never left, or that came back;
        ask after a case that rests; answer, where nothing else says by when; look into a promise of which the customer
        says that it did not happen."""

        ACKNOWLEDGE = "acknowledge"
        UNSENT = "unsent"
        RETURNED = "returned"
        FOLLOW_UP = "follow_up"
        ANSWER = "answer"
        DISPUTED = "disputed"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="todos")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    owner = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="todos")
    reply = models.ForeignKey(Reply, on_delete=models.SET_NULL, null=True, blank=True, related_name="todos")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    evidence = models.TextField(blank=True)

    class Meta:
        db_table = "todo"
        ordering = ["due_at"]
        indexes = [models.Index(fields=["due_at"], name="todo_open", condition=Q(done_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="todo_one_open_of_a_kind", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.case_id}"
