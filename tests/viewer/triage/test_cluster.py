"""The same run on a Dask cluster; a worker killed in the middle of it loses nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import pytest
from chests import draw_chest
from tiny_model import write_tiny

from model.errors import NegatoscopeError
from viewer.triage import cluster as clusters

ROOT = Path(__file__).resolve().parents[3]
FILMS = 10

RUN = """
import json, os, signal, sys
from pathlib import Path
from distributed import Client, LocalCluster
from viewer.jobs import Analyst
from viewer.triage.answers import Wishes
from viewer.triage.cluster import cluster
from viewer.triage.engine import Engine

def main():
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        with cluster(local.scheduler_address) as (start, jobs):
            killed = []

            def listen(news):
                if news.answer is not None and not killed:
                    with Client(local.scheduler_address, set_as_default=False) as client:
                        killed.extend(list(client.run(os.getpid).values())[:1])
                    os.kill(killed[0], signal.SIGKILL)

            with Engine(Analyst("cpu", Path(sys.argv[2])), listen, Wishes(jobs=jobs)) as engine:
                engine.crew.start = start
                engine.add([Path(sys.argv[1])])
                engine.run()
                print(json.dumps([jobs, len(killed), [entry.status for entry in engine.ledger.entries]]))

if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(os.name != "posix", reason="sends SIGKILL")
def test_a_worker_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    films = tmp_path / "films"
    films.mkdir()
    for number in range(FILMS):
        pixels = draw_chest(spots=((100.0 + 15 * number, 90.0),)).pixels
        cv2.imwrite(str(films / f"{number}.png"), (pixels / 16).astype("uint8"))
    (tmp_path / "run.py").write_text(RUN)
    command = [sys.executable, str(tmp_path / "run.py"), str(films), str(write_tiny(tmp_path))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == [2, 1, ["done"] * FILMS]


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NegatoscopeError, match="extra 'cluster'"), clusters.cluster("tcp://127.0.0.1:1"):
        pass
