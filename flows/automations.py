"""Two automations that tell somebody: a source broke or the gate refused, and a run failed or crashed.

Enters: an address that takes a POST: a chat's incoming webhook, ntfy, or a script of one's own. Leaves: a webhook block
and two automations on the server, made anew each time, so that they may be changed or switched off in the UI for as
long as the schedule runs. The body is JSON; `text` is a line for people.

>>> asyncio.run(tell_by_webhook(url))
"""

from datetime import timedelta

from prefect.automations import Automation
from prefect.blocks.webhook import Webhook
from prefect.events.actions import CallWebhook
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.types import SecretDict
from pydantic import SecretStr

from flows.events import BROKEN, REFUSED

__all__ = ["NAMES", "tell_by_webhook"]

BLOCK = "zhengce-tell"

NAMES = ("zhengce: a source broke, or the gate refused", "zhengce: a run failed or crashed")

TROUBLE = """{"text": {{ (event.event ~ ": " ~ (event.resource.name or "") ~ ": " ~
  (event.payload.reason or (event.payload.findings or []) | join("; "))) | tojson }},
 "event": {{ event.event | tojson }}, "payload": {{ event.payload | tojson }}}"""

FAILURE = """{"text": {{ ((event.resource.name or "") ~ " of zhengce: " ~ event.event | replace("prefect.flow-run.", "")
  ~ ": " ~ (event.resource["prefect.state-message"] or "")) | tojson }},
 "event": {{ event.event | tojson }}, "payload": {}}"""


async def tell_by_webhook(url: str) -> None:
    """Make or replace the automations. Raises ValueError if the URL is none."""
    block = Webhook(url=SecretStr(url), headers=SecretDict({"Content-Type": "application/json"}))
    saved = await block.asave(BLOCK, overwrite=True)
    trouble = EventTrigger(expect={BROKEN, REFUSED}, posture=Posture.Reactive, threshold=1, within=timedelta(0))
    failure = EventTrigger(
        expect={"prefect.flow-run.Failed", "prefect.flow-run.Crashed"},
        match_related={"prefect.resource.role": "flow", "prefect.resource.name": "zhengce-nightly"},
        posture=Posture.Reactive,
        threshold=1,
        within=timedelta(0),
    )
    for name, trigger, payload in zip(NAMES, (trouble, failure), (TROUBLE, FAILURE), strict=True):
        await _put(
            Automation(name=name, trigger=trigger, actions=[CallWebhook(block_document_id=saved, payload=payload)])
        )


async def _put(automation: Automation) -> None:
    """One of each name."""
    try:
        before = await Automation.aread(name=automation.name)
    except ValueError:  # there is none
        await automation.acreate()
    else:
        automation.id = before.id
        await automation.aupdate()
