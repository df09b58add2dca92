"""The names that jobs go by, and what each stands for. A name is written into rows: never rename one."""

from typing import Final

from amends.desk.channels.email.deliver import deliver_reply
from amends.desk.channels.email.imap import fetch_mailbox
from amends.desk.channels.reminders import send_reminder
from amends.desk.jobs.engine import TASK_OF_THE_WATCH, Task, Tasks
from amends.desk.jobs.watch import watch_minute
from amends.desk.operations.acknowledge import acknowledge_message
from amends.desk.operations.bulk import run_batch, undo_batch
from amends.desk.operations.index import index_cases
from amends.desk.operations.pack_trial import try_pack
from amends.desk.operations.read import read_message
from amends.desk.operations.refit import refit_readings
from amends.desk.operations.triage import file_as_jobs, file_message
from amends.desk.operations.worth import weigh_customers

TASKS: Final[Tasks] = {
    "file_message": Task(do=file_message, together=file_as_jobs, lane="intake"),
    "read_message": Task(do=read_message, lane="reading"),
    "acknowledge_message": Task(do=acknowledge_message),
    "send_reminder": Task(do=send_reminder, most_tries=1, lane="sending"),
    "deliver_reply": Task(do=deliver_reply, longest_s=900, lane="sending"),
    "fetch_mailbox": Task(do=fetch_mailbox, most_tries=1, comes_again=True, longest_s=900),
    "index_cases": Task(do=index_cases, most_tries=1, comes_again=True, longest_s=900),
    "run_batch": Task(do=run_batch, longest_s=900),
    "undo_batch": Task(do=undo_batch, longest_s=900),
    "weigh_customers": Task(do=weigh_customers, most_tries=1, comes_again=True, longest_s=900),
    "refit_readings": Task(do=refit_readings, most_tries=1, comes_again=True, longest_s=1800),
    "try_pack": Task(do=try_pack, longest_s=120),
    TASK_OF_THE_WATCH: Task(do=watch_minute, most_tries=1, comes_again=True),
}
