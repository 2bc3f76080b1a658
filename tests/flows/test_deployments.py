"""Deployments as a person meets them: hours, names, a form that explains itself; and wrong uses of the verb."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from test_due import card

from flows.root import Root

if TYPE_CHECKING:
    import pytest
    from conftest import Zhengce

HOUSE = Path(__file__).parents[2]

MADE = """
import asyncio, json, pathlib, sys
from flows.engine import prepare_prefect
from flows.root import Root
prepare_prefect(Root(pathlib.Path(sys.argv[1])))
from crawler.source import Source
from flows.deployments import CRONS, deployments
from flows.nightly import nightly

cards = {one["id"]: Source.model_validate(one) for one in json.loads(sys.argv[2])}
made = asyncio.run(deployments(cards, {"root": "/srv/policies"}))
trial = asyncio.run(deployments(cards, {"root": "/srv/policies"}, ["b"], 15))

def told(one):
    return [one.schedules[0].schedule.model_dump(mode="json"), one.parameters, one.description]

print(json.dumps({
    "made": {one.name: told(one) for one in made},
    "trial": {one.name: told(one) for one in trial},
    "form": made[0]._parameter_openapi_schema.model_dump(),
    "entrypoint": made[0].entrypoint,
    "crons": CRONS,
}))
"""


def test_deployments_keep_the_hours_of_china_and_their_form_explains_itself(tmp_path: Path) -> None:
    cards = [card("a").model_dump(mode="json"), card("b", frequency="monthly").model_dump(mode="json")]
    words = [sys.executable, "-c", MADE, str(tmp_path), json.dumps(cards)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {name: (one[0]["cron"], one[0]["timezone"]) for name, one in told["made"].items()} == {
        "daily": ("0 3 * * *", "Asia/Shanghai"),
        "monthly": ("0 5 1 * *", "Asia/Shanghai"),
    }
    assert told["made"]["daily"][1] == {"root": "/srv/policies", "frequency": "daily", "sources": None}
    assert told["made"]["monthly"][2] == "1 sources whose cards say `frequency: monthly`: b"
    [(name, (schedule, parameters, _))] = told["trial"].items()
    assert (name, schedule["interval"], parameters["sources"]) == ("monthly", 15.0, ["b"])
    assert told["entrypoint"] == "flows.nightly.nightly"
    fields = told["form"]["properties"]
    assert [name for name, field in fields.items() if not field.get("description")] == []
    assert fields["frequency"]["anyOf"][0]["enum"] == ["hourly", "daily", "weekly", "monthly"]
    assert told["form"]["required"] == ["root"]
    pool = yaml.safe_load((HOUSE / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert {one["parameters"]["frequency"]: one["schedules"][0]["cron"] for one in pool} == told["crons"]


def test_a_schedule_without_a_contact_or_with_a_wrong_word_is_told_at_once(
    zhengce: Zhengce, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZHENGCE_CONTACT", raising=False)
    for words, told in (
        (("suzhou",), "ZHENGCE_CONTACT"),
        (("suzhuo",), "no card for any of suzhuo"),
    ):
        result = zhengce("schedule", *words)
        assert result.exit_code == 2
        assert told in result.stderr
    monkeypatch.setenv("ZHENGCE_CONTACT", "mailto:nobody@example.org")
    result = zhengce("schedule", "suzhou", "--publish", "gopher://old")
    assert (result.exit_code, "gopher:// is not known" in result.stderr) == (2, True)
    result = zhengce("schedule", "suzhou", "--publish", "https://me:secret@example.org/zhengce")
    assert (result.exit_code, "~/.netrc" in result.stderr, "secret" in result.stderr) == (2, True, False)
    result = zhengce("schedule", "suzhou", "kunshna", "--tell", "me@example.org")
    assert (result.exit_code, "--tell takes an address" in result.stderr) == (2, True)
    assert "kunshna: there is no such source; it is passed over" in result.stderr
    result = zhengce("schedule", "suzhou", "--scheduler", "tcp://127.0.0.1:1")
    assert (result.exit_code, "--engine dask" in result.stderr) == (2, True)


def test_a_root_has_one_schedule(zhengce: Zhengce, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGCE_CONTACT", "mailto:nobody@example.org")
    with Root(corpus).claim("schedule") as ours:
        assert ours
        result = zhengce("schedule", "suzhou")
    assert result.exit_code == 2
    assert "has a schedule already" in result.stderr


def test_a_port_that_is_taken_is_told(zhengce: Zhengce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", os.environ.copy())  # the verb sets Prefect up
    monkeypatch.setenv("ZHENGCE_CONTACT", "mailto:nobody@example.org")
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        result = zhengce("schedule", "suzhou", "--port", port)
    assert result.exit_code == 2
    assert f"port {port} is taken" in result.stderr
