"""編集できない状態: the file was handed on while somebody typed; what was typed is given back to be copied (409)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organization import rules
from records.models import Proposal


def answer_closed(
    request: HttpRequest,
    record: Any,
    label: str,
    proposal: Proposal,
    refusal: rules.NotPermitted,
    typed: Sequence[tuple[str, str]],
) -> HttpResponse:
    """The page with what was typed of `record`, which is a `label`, and why it cannot be saved."""
    context = {"record": record, "proposal": proposal, "label": label, "refusal": refusal, "typed": typed}
    return render(request, "records/closed_record.html", context, status=409)


def was_open(request: HttpRequest, action: str) -> bool:
    """Whether a refusal answers somebody who typed: a form was sent by who may do `action` while a file is open."""
    return request.method == "POST" and rules.may(request.user, action)
