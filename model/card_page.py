"""The card's page: a model card as Markdown for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from model.card import Figure, ModelCard, parse
from model.findings.vocabulary import MAP_NAMES, term


def to_markdown(card: ModelCard) -> str:
    """Return the card as a Markdown page with every number of it that a reader may want."""
    parts = (
        f"# {card.name} {card.version}\n\n**{card.disclaimer}**\n\n{card.summary}",
        _section("What it answers", _answers(card)),
        _section("How well", _figures(card)),
        _section("Limits", "\n".join(f"- {limit}" for limit in card.limits)),
        _section(
            "Trained on",
            _table(
                ("Collection", "Films", "Licence", "Source"),
                ((item.name, str(item.films), item.licence, item.source) for item in card.training_data),
            ),
        ),
        _section("How pixels become boxes", _boxes(card)),
        _section("Which films it judges", _gate(card)),
        _section("Maps", _maps(card)),
        _section("File", _file(card)),
    )
    return "\n\n".join(parts) + "\n"


def write(card: ModelCard, path: Path) -> None:
    """Write card and page beside the weights in ``path``; a card that would be refused is not written.

    Raises
    ------
    WeightsError
        When it would be.
    """
    text = card.to_json()
    parse(text, path.name)
    path.with_suffix(".json").write_text(text, encoding="utf-8")
    path.with_suffix(".md").write_text(to_markdown(card), encoding="utf-8")


def _section(title: str, body: str) -> str:
    return f"## {title}\n\n{body}"


def _answers(card: ModelCard) -> str:
    return _table(
        ("Finding", "Meaning", "Threshold", "Uncertain", "Temperature", "Offset"),
        (
            (
                term(rule.id).name,
                term(rule.id).meaning,
                f"{rule.calibration.threshold:.3f}",
                f"{rule.calibration.lower:.3f} to {rule.calibration.upper:.3f}",
                f"{rule.calibration.temperature:.3f}",
                f"{rule.calibration.offset:+.3f}",
            )
            for rule in card.findings
        ),
    )


def _figures(card: ModelCard) -> str:
    if not card.figures:
        return "Not measured yet."
    return _table(("Measure", "Value", "95 % interval", "n", "Measured on"), map(_figure, card.figures))


def _figure(figure: Figure) -> tuple[str, ...]:
    interval = "" if figure.low is None or figure.high is None else f"{figure.low:.3f} to {figure.high:.3f}"
    return figure.name, f"{figure.value:.3f}", interval, str(figure.n), figure.measured_on


def _boxes(card: ModelCard) -> str:
    rule = card.boxes
    return (
        f"Connected pixels inside the lungs whose opacity probability is at least {rule.threshold:.2f}, covering at "
        f"least {rule.minimum_area:.1%} of the lungs, with a score of at least {rule.minimum_score:.2f}."
    )


def _gate(card: ModelCard) -> str:
    rule = card.gate
    lungs = (
        f"Two lungs side by side that cover {rule.area[0]:.0%} to {rule.area[1]:.0%} of the film, are on average "
        f"{rule.tallness[0]:.1f} to {rule.tallness[1]:.1f} times as tall as wide, the smaller at least "
        f"{rule.balance:.0%} of the larger, and marked with a mean certainty of at least {rule.certainty:.2f}."
    )
    if not rule.frontal:
        return lungs
    return (
        f"Films that the view layer holds for upright and frontal with a probability of at least {rule.frontal:.2f}, "
        f"and for a child's with at most {rule.child:.2f}. {lungs} What the header excludes (view, body part, age "
        "under 16) is refused before the network is asked, and so are films that are too small or show nothing but "
        "noise. Inverted and turned films are refused, and judged once they are put right."
    )


def _maps(card: ModelCard) -> str:
    rows = (
        (
            MAP_NAMES[scale.kind] + (f" ({scale.reduction} sum)" if scale.reduction else ""),
            term(scale.finding).name if scale.finding else "",
            f"{scale.low:.3g} to {scale.high:.3g}",
            "" if scale.threshold is None else f"{scale.threshold:.3g}",
        )
        for scale in card.maps
    )
    smoothing = f"The smoothed map is blurred by a Gaussian of {card.smoothing_sigma:g} input pixels."
    return _table(("Map", "Finding", "Colour bar", "Threshold"), rows) + "\n\n" + smoothing


def _file(card: ModelCard) -> str:
    rows = (
        ("Exported", card.created),
        ("SHA-256", f"`{card.sha256}`"),
        ("Bytes", f"{card.size:,}"),
        ("Input", f"{card.input_size} x {card.input_size} pixels"),
        ("Architecture", ", ".join(f"{name} {value}" for name, value in card.architecture.items())),
        ("Architecture version", str(card.architecture_version)),
        ("Feature map", "none" if card.feature_map is None else f"`{card.feature_map.sha256}`"),
    )
    return _table(("", ""), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_line(head), _line(["---"] * len(head)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
