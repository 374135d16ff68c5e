"""Held out: whole sources kept from training, judged beside networks that had seen their other patients."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from matplotlib.figure import Figure

from training.datasets import coronahack, covid_chestxray, covid_segmentations, nih
from training.datasets.row import Row
from training.drawing.style import INK, QUIET, WARM, canvas
from training.metrics.intervals import Estimate
from training.protocols import scores
from training.protocols.series import Finding, Judged, Plan, Said
from training.samples import usable

RADIOPAEDIA, EURORAD = "radiopaedia.org", "eurorad.org"
WEB = frozenset({covid_chestxray.NAME, covid_segmentations.NAME})
SEEN, ALL, UNTRAINED = "nothing", "all its films", "its films outside the training split"


@dataclass(frozen=True, slots=True)
class Place:
    """A source that is held out: names of sources or sites, what is asked there and of which of its films."""

    name: str
    held: frozenset[str]
    finding: Finding
    asked: Callable[[Row], bool]
    pooled: bool = False
    """Whether web sites count as one, so that COVID-19 is taught where no single site shows both answers."""

    def holds(self, row: Row) -> bool:
        """Tell whether the film comes from there."""
        return bool({row.source, row.site} & self.held)


def _pneumonia(row: Row) -> bool:
    return row.source in WEB and bool(row.opacity) and row.covid is not None and row.adult is not False


PLACES = (
    Place(RADIOPAEDIA, frozenset({RADIOPAEDIA}), "covid", _pneumonia),
    Place(EURORAD, frozenset({EURORAD}), "covid", _pneumonia),
    Place(f"{RADIOPAEDIA} and {EURORAD}", frozenset({RADIOPAEDIA, EURORAD}), "covid", _pneumonia, pooled=True),
    Place(f"{nih.NAME} (RSNA verdict)", frozenset({nih.NAME}), "opacity", lambda row: row.boxed),
    Place(
        f"{coronahack.NAME} (children)", frozenset({coronahack.NAME}), "opacity", lambda row: row.opacity is not None
    ),
)


def plans(rows: Sequence[Row], seeds: int) -> list[Plan]:
    """Return for every seed a training with each place held out and one with nothing held out."""
    frontal = [row for row in rows if row.frontal]
    split = usable([row for row in frontal if row.split == "train"])
    found = []
    for seed in range(seeds):
        every = {place.name: Judged(_asked(place, frontal, UNTRAINED)) for place in PLACES}
        found.append(Plan(f"held-out/{SEEN}/{seed}", tuple(split), every, (f"seed={seed}",)))
        for place in PLACES:
            held = {row.group for row in frontal if place.holds(row)}
            train = tuple(_site(row, place) for row in split if row.group not in held)
            judged = {words: Judged(_asked(place, frontal, words)) for words in (ALL, UNTRAINED)}
            found.append(Plan(f"held-out/{_folder(place)}/{seed}", train, judged, (f"seed={seed}",)))
    return found


def part(plans_: Sequence[Plan], said: Mapping[str, Mapping[str, Said]]) -> tuple[str, dict[str, Figure]]:
    """Return the table and the plot."""
    lines = [
        "| Held out | Asked | AUC, source seen | AUC, source held out, same films | AUC, held out, all its films | "
        "other pneumonias called COVID-19 at sensitivity .80 |",
        "|---|---|---|---|---|---|",
    ]
    table: dict[str, tuple[Estimate, Estimate, Estimate]] = {}
    for place in PLACES:
        seen = [said[plan.name][place.name] for plan in plans_ if f"/{SEEN}/" in plan.name]
        unseen = [said[plan.name] for plan in plans_ if f"/{_folder(place)}/" in plan.name]
        same, every = [each[UNTRAINED] for each in unseen], [each[ALL] for each in unseen]
        score = scores.covid if place.finding == "covid" else scores.extent
        first, second, third = (scores.auc(of, place.finding, score) for of in (seen, same, every))
        table[place.name] = (first, second, third)
        cells = [f"{scores.words(found)}, n = {found.n}" for found in (first, second, third)]
        asked = "COVID-19 among pneumonias" if place.finding == "covid" else "opacity, by its extent"
        lines.append(f"| {place.name} | {asked} | {' | '.join(cells)} | {_alarms(every, place)} |")
    text = (
        "Every number is the mean over the seeds. Source seen: trained on the training split of all sources, judged on "
        "the source's films of the other splits. Held out: no film of the source, nor of its patients and copies "
        "elsewhere, is trained on. Intervals draw patients.\n\n" + "\n".join(lines)
    )
    return text, {"protocols-held-out": _picture(table)}


def _asked(place: Place, rows: Sequence[Row], words: str) -> tuple[Row, ...]:
    of_place = [row for row in rows if place.holds(row) and place.asked(row)]
    return tuple(row for row in of_place if words == ALL or row.split != "train")


def _site(row: Row, place: Place) -> Row:
    return replace(row, source=covid_chestxray.NAME, site="web") if place.pooled and row.source in WEB else row


def _folder(place: Place) -> str:
    return place.name.partition(" (")[0].replace(" ", "-")


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
