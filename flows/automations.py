"""Automations that tell somebody: a source broke or the gate refused, a run failed or crashed, a run does not end.

Enters: an address that takes a POST: a chat's incoming webhook, ntfy, or a script of one's own. Leaves: a webhook block
and three automations on the server, made anew each time, so that they may be changed or switched off in the UI for as
long as the schedule runs. The body is JSON; `text` is a line for people.

>>> asyncio.run(tell_by_webhook(url))
"""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from prefect.automations import Automation
from prefect.blocks.webhook import Webhook
from prefect.events.actions import CallWebhook
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.types import SecretDict
from pydantic import SecretStr

from flows.events import BROKEN, REFUSED

__all__ = ["NAMES", "tell_by_webhook", "tell_nobody"]

BLOCK = "zhengce-tell"

NAMES = (
    "zhengce: a source broke, or the gate refused",
    "zhengce: a run failed or crashed",
    "zhengce: a run does not end",
)

LONG = timedelta(days=1)
"""A run that is at work for so long keeps the next night from its own; a first crawl may do so, a hung one does."""

ENDED = ("Released", "Unchanged", "Skipped", "Refused", "Failed", "Crashed", "Cancelled", "TimedOut")
"""Names of the states in which a run ends."""

TROUBLE = """{"text": {{ (event.event ~ ": " ~ (event.resource.name or "") ~ ": " ~
  (event.payload.reason or (event.payload.findings or []) | join("; "))) | tojson }},
 "event": {{ event.event | tojson }}, "payload": {{ event.payload | tojson }}}"""

FAILURE = """{"text": {{ ((event.resource.name or "") ~ " of zhengce: " ~ event.event | replace("prefect.flow-run.", "")
  ~ ": " ~ (event.resource["prefect.state-message"] or "")) | tojson }},
 "event": {{ event.event | tojson }}, "payload": {}}"""

ENDLESS = """{"text": {{ ((event.resource.name or "") ~ " of zhengce has been at work for a long time; look at its log")
  | tojson }}, "event": "zhengce.run.endless", "payload": {}}"""


async def tell_nobody() -> None:
    """What an earlier schedule made is gone."""
    for name in NAMES:
        with suppress(ValueError):  # there is none
            await (await Automation.aread(name=name)).adelete()


async def tell_by_webhook(url: str, long: timedelta = LONG) -> None:
    """Make or replace the automations. long: after which a run that is at work is told."""
    block = Webhook(url=SecretStr(url), headers=SecretDict({"Content-Type": "application/json"}))
    saved = await block.asave(BLOCK, overwrite=True)
    trouble = EventTrigger(expect={BROKEN, REFUSED}, posture=Posture.Reactive, threshold=1, within=timedelta(0))
    ours: Any = {"prefect.resource.role": "flow", "prefect.resource.name": "zhengce-nightly"}
    failure = EventTrigger(
        expect={"prefect.flow-run.Failed", "prefect.flow-run.Crashed"},
        match_related=ours,
        posture=Posture.Reactive,
        threshold=1,
        within=timedelta(0),
    )
    endless = EventTrigger(
        after={"prefect.flow-run.Running"},
        expect={f"prefect.flow-run.{name}" for name in ENDED},
        match_related=ours,
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=long,
    )
    triggers = ((trouble, TROUBLE), (failure, FAILURE), (endless, ENDLESS))
    for name, (trigger, payload) in zip(NAMES, triggers, strict=True):
        action = CallWebhook(block_document_id=saved, payload=payload)
        await _put(Automation(name=name, trigger=trigger, actions=[action]))


async def _put(automation: Automation) -> None:
    """One of each name."""
    try:
        before = await Automation.aread(name=automation.name)
    except ValueError:  # there is none
        await automation.acreate()
    else:
        automation.id = before.id
        await automation.aupdate()
