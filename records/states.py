"""案件の状態: one list for all documents (architecture §1), and the groups that the procedure speaks of."""

from django.db import models


class Status(models.TextChoices):
    """案件と記録票の状態."""

    DRAFT = "draft", "下書き"
    AWAITING_HEAD = "awaiting_head", "課長承認待ち"
    SUBMITTED = "submitted", "提出済"
    ACCEPTED = "accepted", "受理"
    SCHEDULED = "scheduled", "付議"
    DECIDED = "decided", "決定"
    REPORTED = "reported", "報告済"
    NOTIFIED = "notified", "届出済"
    REJECTED = "rejected", "不承認"
    WITHDRAWN = "withdrawn", "取下げ"


class Route(models.TextChoices):
    """審議会への経路."""

    CONSULTATION = "consultation", "諮問"
    REPORT = "report", "報告"
    NOTIFICATION = "notification", "届出"


# No decision yet: at most one such version of a record.
UNDECIDED = [Status.DRAFT, Status.AWAITING_HEAD, Status.SUBMITTED, Status.ACCEPTED, Status.SCHEDULED]
# The office has taken it: it waits for the council, on the agenda of a meeting or not yet.
WAITING = [Status.ACCEPTED, Status.SCHEDULED]
# The department has let it go: everything that the paper demands must be there.
FINAL = [Status.SUBMITTED, *WAITING, Status.DECIDED, Status.REPORTED, Status.NOTIFIED, Status.REJECTED]
# Nothing more is to come: the council has dealt with it, or the office has taken note of it (届出).
SETTLED = [Status.DECIDED, Status.REPORTED, Status.NOTIFIED]
# Sent to the office at least once, or withdrawn: what 情報政策課 may see of (with a 提出日).
LEFT_THE_DEPARTMENT = [*FINAL, Status.WITHDRAWN]
