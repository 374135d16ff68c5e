"""The translations that travel with the program are complete and made from the words it says."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "resources" / "words"


@pytest.fixture(scope="module")
def words() -> ModuleType:
    spec = importlib.util.spec_from_file_location("packaging_words", ROOT / "packaging" / "words.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gathered(words: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words")
    shutil.copytree(SHIPPED, folder, dirs_exist_ok=True)
    assert words.gather(folder) == [], "run packaging/words.py and translate what it lists"
    return folder


def messages(path: Path) -> list[tuple[str, str, str]]:
    return [
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("translation", ""))
        for context in ET.parse(path).getroot().iter("context")
        for message in context.iter("message")
    ]


def test_the_shipped_translation_is_what_the_sources_say(gathered):
    for name in ("negatoscope_ru.ts", "negatoscope_ru.qm", "sentences.txt"):
        assert (gathered / name).read_bytes() == (SHIPPED / name).read_bytes(), f"{name}: run packaging/words.py"


def test_nothing_is_obsolete():
    kinds = {translation.get("type") for translation in ET.parse(SHIPPED / "negatoscope_ru.ts").iter("translation")}
    assert kinds == {None}


def test_placeholders_and_line_ends_are_equal():
    for _, source, translation in messages(SHIPPED / "negatoscope_ru.ts"):
        assert Counter(re.findall(r"\{\w*\}", source)) == Counter(re.findall(r"\{\w*\}", translation)), source
        assert source.count("\n") == translation.count("\n")
        assert source.endswith("…") == translation.endswith("…"), source
        assert source[-1] != "." or translation[-1] == ".", source


def test_each_menu_has_its_own_letter():
    letters = [
        translation[translation.index("&") + 1].lower()
        for context, source, translation in messages(SHIPPED / "negatoscope_ru.ts")
        if context == "Commands" and "&" in source
    ]
    assert len(set(letters)) == len(letters)


def test_no_word_is_hidden_from_the_translators():
    known = {(context, source) for context, source, _ in messages(SHIPPED / "negatoscope_ru.ts")}
    sources = {source for _, source in known}
    for path in (ROOT / "viewer").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(call, "func", None), "attr", getattr(getattr(call, "func", None), "id", ""))
            if isinstance(call, ast.Call) and name in {"tr", "translate", "QT_TRANSLATE_NOOP"} and call.args:
                context, text = call.args[0], call.args[-1]
                if not isinstance(text, ast.Constant):
                    continue
                named = len(call.args) > 1 and isinstance(context, ast.Constant)
                found = (context.value, text.value) in known if named else text.value in sources
                assert found, f"{path.name}: {text.value}"


def test_sentences_are_found_with_their_values(words):
    source = (
        'raise FilmError("damaged", f"Frame {n + 1} of {frames} is damaged; ask again.")\nraise ValueError("x y z.")'
    )
    assert list(words.spoken(source)) == ["Frame {0} of {1} is damaged; ask again."]
