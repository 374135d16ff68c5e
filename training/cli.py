"""The command line of the training tool: one Typer app, each command in its own module."""

from __future__ import annotations

import typer

from training.ablate import ablate
from training.audit import audit
from training.bench import bench
from training.calibrate import calibrate
from training.evaluate import evaluate
from training.explain import explain
from training.export import atlas, card, export
from training.figures import figures
from training.gatekeeper import gate
from training.phantom.command import phantom
from training.prepare import prepare
from training.protocols.command import protocols
from training.running import fit, resume
from training.tried import tried

app = typer.Typer(
    name="negatoscope-train",
    help="Train and judge the network of the light box. Research and education only; not for diagnosis.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.command()(prepare)
app.command()(audit)
app.command()(fit)
app.command()(resume)
app.command()(calibrate)
app.command()(phantom)
app.command()(export)
app.command()(card)
app.command()(gate)
app.command()(atlas)
app.command()(evaluate)
app.command()(explain)
app.command()(figures)
app.command()(bench)
app.command()(ablate)
app.command()(protocols)
app.command()(tried)


@app.callback()
def about() -> None:
    """Hold the commands together, also while there is only one."""
