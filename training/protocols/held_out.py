"""Held out: whole sources kept from training, judged beside networks that had seen their other patients."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from matplotlib.figure import Figure

from training.datasets import coronahack, covid_chestxray, nih
from training.datasets.row import Row
from training.drawing.style import INK, QUIET, WARM, canvas
from training.judging.findings import COVID_SOURCES, WEB_ATLASES
from training.metrics.intervals import Estimate
from training.protocols import scores
from training.protocols.series import Finding, Judged, Plan, Said, SeriesError
from training.samples import usable

SEEN, ALL, UNTRAINED = "nothing", "all its films", "its films outside the training split"


@dataclass(frozen=True, slots=True)
class Place:
    """A source that is held out: names of sources or sites, what is asked there and of which of its films."""

    name: str
    asks: str
    held: frozenset[str]
    finding: Finding
    asked: Callable[[Row], bool]
    pooled: bool = False
    """Whether web sites count as one, so that COVID-19 is taught where no single site shows both answers."""

    def holds(self, row: Row) -> bool:
        """Tell whether the film comes from there."""
        return bool({row.source, row.site} & self.held)


def pneumonia(row: Row) -> bool:
    """Tell whether the film is one of `covid-chestxray` that shows an adult's pneumonia of known cause."""
    return row.source in COVID_SOURCES and bool(row.opacity) and row.covid is not None and row.adult is not False


def _judged(row: Row) -> bool:
    return row.boxed


def _labelled(row: Row) -> bool:
    return row.opacity is not None


PLACES = (
    Place("radiopaedia.org and eurorad.org", "COVID-19 among pneumonias", WEB_ATLASES, "covid", pneumonia, pooled=True),
    Place(nih.NAME, "extent of opacity against the RSNA verdict", frozenset({nih.NAME}), "opacity", _judged),
    Place(coronahack.NAME, "extent of opacity, children", frozenset({coronahack.NAME}), "opacity", _labelled),
)


def plans(rows: Sequence[Row], seeds: int) -> list[Plan]:
    """Return for every seed a training with each place held out and one with nothing held out.

    Places of which the manifest has not both answers outside the training split are left out.

    Raises
    ------
    SeriesError
        When no place is left.
    """
    frontal = [row for row in rows if row.frontal]
    split = usable([row for row in frontal if row.split == "train"])
    found = []
    places = [place for place in PLACES if _telling(place, frontal)]
    if not places:
        raise SeriesError("films", f"The manifest has no films of {', '.join(place.name for place in PLACES)}.")
    for seed in range(seeds):
        every = {place.name: Judged(_asked(place, frontal, UNTRAINED)) for place in places}
        found.append(Plan("held-out", SEEN, seed, tuple(split), every))
        for place in places:
            held = {row.group for row in frontal if place.holds(row)}
            train = tuple(_site(row, place) for row in split if row.group not in held)
            judged = {words: Judged(_asked(place, frontal, words)) for words in (ALL, UNTRAINED)}
            found.append(Plan("held-out", place.name, seed, train, judged))
    return found


def part(plans_: Sequence[Plan], said: Mapping[str, Mapping[str, Said]]) -> tuple[str, dict[str, Figure]]:
    """Return the table and the plot."""
    lines = [
        "| Held out | Asked | AUC, source seen | AUC, source held out, same films | AUC, held out, all its films | "
        "other pneumonias called COVID-19 at sensitivity .80 |",
        "|---|---|---|---|---|---|",
    ]
    table: dict[str, tuple[Estimate, Estimate, Estimate]] = {}
    for place in (place for place in PLACES if any(plan.way == place.name for plan in plans_)):
        seen = [said[plan.name][place.name] for plan in plans_ if plan.way == SEEN]
        unseen = [said[plan.name] for plan in plans_ if plan.way == place.name]
        same, every = [each[UNTRAINED] for each in unseen], [each[ALL] for each in unseen]
        score = scores.covid if place.finding == "covid" else scores.extent
        first, second, third = (scores.auc(of, place.finding, score) for of in (seen, same, every))
        table[place.name] = (first, second, third)
        cells = [f"{scores.words(found)}, n = {found.n}" for found in (first, second, third)]
        lines.append(f"| {place.name} | {place.asks} | {' | '.join(cells)} | {_alarms(every, place)} |")
    text = (
        "Every number is the mean over the seeds. Source seen: trained on the training split of all sources, judged on "
        "the source's films of the other splits. Held out: no film of the source, nor of its patients and copies "
        "elsewhere, is trained on. Intervals draw patients.\n\n"
    )
    return text + "\n".join(lines), {"protocols-held-out": _picture(table)}


def _asked(place: Place, rows: Sequence[Row], words: str) -> tuple[Row, ...]:
    of_place = [row for row in rows if place.holds(row) and place.asked(row)]
    return tuple(row for row in of_place if words == ALL or row.split != "train")


def _site(row: Row, place: Place) -> Row:
    return (
        replace(row, source=covid_chestxray.NAME, site="web") if place.pooled and row.source in COVID_SOURCES else row
    )


def _telling(place: Place, rows: Sequence[Row]) -> bool:
    """Tell whether both answers occur among the films that both kinds of network are judged on."""
    return len({getattr(row, place.finding) for row in _asked(place, rows, UNTRAINED)}) == 2


def _alarms(networks: Sequence[Said], place: Place) -> str:
    if place.finding != "covid":
        return ""
    return scores.words(scores.false_alarms(networks))


def _picture(table: Mapping[str, tuple[Estimate, Estimate, Estimate]]) -> Figure:
    figure, axes = canvas(1, 1, 7.0, 3.6)
    place = axes[0, 0]
    kinds = (("source seen", WARM), ("source held out, same films", INK), ("held out, all its films", QUIET))
    for line, found in enumerate(table.values()):
        for number, (estimate, (words, shade)) in enumerate(zip(found, kinds, strict=True)):
            at = line + 0.2 * (number - 1)
            place.plot([estimate.low, estimate.high], [at, at], color=shade, lw=1.5)
            place.plot(estimate.value, at, "o", color=shade, label=words if line == 0 else None)
    place.axvline(0.5, color=QUIET, lw=0.8, ls=":")
    place.set_yticks(range(len(table)), list(table))
    place.set(ylim=(len(table) - 0.5, -0.5), xlabel="AUC [95 %]", xlim=(0, 1.02))
    figure.legend(loc="outside lower center", ncols=3, fontsize=8)
    return figure
