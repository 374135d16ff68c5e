"""Calibration: from a raw logit to a probability that means what it says, and the band it falls in."""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.findings.prediction import Band


@dataclass(frozen=True, slots=True)
class Calibration:
    """Temperature scaling (Guo et al. 2017) with an offset for the prevalence, and the operating point.

    A raw logit ``z`` becomes the probability ``1 / (1 + exp(-(z / temperature + offset)))``. ``threshold`` is the
    operating point; probabilities in ``lower .. upper`` around it are uncertain. All come from validation films.
    """

    temperature: float
    offset: float
    threshold: float
    lower: float
    upper: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.temperature) and self.temperature > 0 and math.isfinite(self.offset)):
            raise ValueError(f"temperature {self.temperature} must be positive and offset {self.offset} finite")
        if not 0 < self.lower <= self.threshold <= self.upper < 1:
            raise ValueError(
                f"the limits must be ordered 0 < lower <= threshold <= upper < 1, "
                f"but are {self.lower}, {self.threshold}, {self.upper}"
            )

    def log_odds(self, logit: float) -> float:
        """Return the calibrated log-odds of a raw logit."""
        return logit / self.temperature + self.offset

    def probability(self, logit: float) -> float:
        """Return the calibrated probability of a raw logit, 0 .. 1."""
        return expit(self.log_odds(logit))

    @property
    def threshold_log_odds(self) -> float:
        """The threshold in calibrated log-odds."""
        return math.log(self.threshold / (1 - self.threshold))

    def band(self, probability: float) -> Band:
        """Return where a probability lies: below ``lower``, above ``upper``, or uncertain between them.

        Without a margin (``lower == upper``) the threshold itself counts as above.
        """
        if probability < self.lower:
            return "below"
        if probability > self.upper or self.lower == self.upper:
            return "above"
        return "uncertain"


def expit(log_odds: float) -> float:
    """Return the probability of log-odds without overflow at either end."""
    if log_odds >= 0:
        return 1 / (1 + math.exp(-log_odds))
    scale = math.exp(log_odds)
    return scale / (1 + scale)
