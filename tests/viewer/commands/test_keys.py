"""Keys the reader chose: no key ever means two things, and the usual ones come back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from viewer.commands.keys import bindable, chosen_with, owner, rebound
from viewer.commands.registry import COMMANDS, Registry

IDS = [command.id for command in COMMANDS]
KEYS = sorted({key for command in COMMANDS for key in command.keys} | {"Ctrl+J", "F12"})


def keys_of(chosen):
    return {command.id: command.keys for command in rebound(COMMANDS, chosen)}


def test_a_chosen_key_leaves_the_command_that_had_it():
    chosen = chosen_with(COMMANDS, {}, "view.flip_vertical", ("H",))
    keys = keys_of(chosen)
    assert keys["view.flip_vertical"] == ("H",)
    assert keys["view.flip_horizontal"] == ()
    assert set(chosen) == {"view.flip_vertical", "view.flip_horizontal"}


def test_usual_keys_need_no_choice():
    chosen = chosen_with(COMMANDS, {}, "view.fit", ("F12",))
    assert chosen_with(COMMANDS, chosen, "view.fit", ("F",)) == {}


def test_keys_that_are_held_stay():
    held = next(command for command in COMMANDS if not bindable(command) and command.keys)
    keys = keys_of({held.id: ("F12",), "view.fit": held.keys})
    assert keys[held.id] == held.keys
    assert keys["view.fit"] == ()


def test_the_owner_of_a_key_is_found():
    assert owner(COMMANDS, "F").id == "view.fit"
    assert owner(COMMANDS, "F12") is None


@given(st.dictionaries(st.sampled_from([*IDS, "gone.command"]), st.lists(st.sampled_from(KEYS), max_size=3).map(tuple)))
def test_no_key_means_two_things(chosen):
    held = [key for keys in keys_of(chosen).values() for key in keys]
    assert len(held) == len(set(held))


@given(st.lists(st.tuples(st.sampled_from([i.id for i in COMMANDS if bindable(i)]), st.sampled_from(KEYS)), max_size=6))
def test_any_series_of_choices_can_be_stored_and_told_again(steps):
    chosen = {}
    for command_id, key in steps:
        chosen = chosen_with(COMMANDS, chosen, command_id, (key,))
    again = Registry()
    again.rebind(chosen)
    assert {command.id: command.keys for command in again} == keys_of(chosen)
    held = [key for command in again for key in command.keys]
    assert len(held) == len(set(held))
