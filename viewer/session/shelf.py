"""Films kept in memory after reading, the least recently used leaving first; bounded by bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from viewer.session.reading import Reading

Place = tuple[int, int]
"""Sheet id and frame."""


class Shelf:
    """A cache of readings, at most ``limit_bytes`` of pixels unless what hangs, or a single film, is more."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._readings: OrderedDict[Place, Reading] = OrderedDict()
        self._held: frozenset[Place] = frozenset()

    def set_limit(self, limit_bytes: int) -> None:
        """Hold no more than this from now on."""
        self._limit = limit_bytes
        self._make_room()

    def hold(self, places: Iterable[Place]) -> None:
        """Never let go of these, which hang on the light box."""
        self._held = frozenset(places)
        self._make_room()

    @property
    def held_bytes(self) -> int:
        """Return the bytes of pixels and padding masks held now."""
        return sum(reading.held_bytes for reading in self._readings.values())

    def __contains__(self, place: Place) -> bool:
        return place in self._readings

    def put(self, place: Place, reading: Reading) -> None:
        """Keep a reading, letting go of those not looked at for longest."""
        self._readings[place] = reading
        self._readings.move_to_end(place)
        self._make_room()

    def _make_room(self) -> None:
        loose = [place for place in list(self._readings)[:-1] if place not in self._held]
        while loose and self.held_bytes > self._limit:
            del self._readings[loose.pop(0)]

    def take(self, place: Place) -> Reading | None:
        """Return the reading and count it as just used, or None when it is not held."""
        reading = self._readings.get(place)
        if reading is not None:
            self._readings.move_to_end(place)
        return reading

    def drop(self, sheet_id: int) -> None:
        """Let go of every frame of this sheet."""
        for place in [place for place in self._readings if place[0] == sheet_id]:
            del self._readings[place]
