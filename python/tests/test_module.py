"""The module against the program: the same cells, the same messages. Run in a fresh environment with a wheel installed:

    python -m pytest python/tests

What is not installed (pandas, polars, pyarrow) is left out, but `FRAMESCOPE_KINDS` names what must be there.
"""

import csv
import datetime
import importlib.util
import itertools
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import framescope as fs

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PROGRAM = shutil.which("framescope", path=str(Path(sys.executable).parent)) or shutil.which("framescope")
KINDS = [kind for kind in ("pandas", "polars", "pyarrow") if importlib.util.find_spec(kind)] + ["dicts"]


def sample():
    """The sample corpus as a list of dicts, with a column of another type and a missing value."""
    with (SEEDS / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    articles = []
    for number, row in enumerate(rows):
        path = SEEDS / row.pop("file")
        row = {name: value or None for name, value in row.items()}
        articles.append({"id": path.stem, **row, "rank": number, "text": path.read_bytes().decode("utf-8-sig")})
    return articles


def frame_of(articles, kind):
    if kind == "pandas":
        import pandas

        return pandas.DataFrame(articles)
    if kind == "polars":
        import polars

        return polars.DataFrame(articles)
    if kind == "pyarrow":
        import pyarrow

        return pyarrow.Table.from_pylist(articles)
    return articles


def rows_of(frame, kind):
    """Any frame as a list of lists of plain values, `None` for a missing one."""
    if kind == "dicts":
        return [list(row.values()) for row in frame]
    if kind == "polars":
        return [list(row) for row in frame.rows()]
    if kind == "pyarrow":
        return [list(row.values()) for row in frame.to_pylist()]
    import pandas

    columns = [[None if pandas.isna(cell) else cell for cell in frame[name].tolist()] for name in frame.columns]
    return [list(row) for row in zip(*columns)]


@pytest.fixture(scope="session")
def by_the_program(tmp_path_factory):
    """What the program writes for the sample, as the module hands it over."""
    folder = tmp_path_factory.mktemp("program")
    articles = folder / "articles.jsonl"
    lines = (json.dumps({key: value for key, value in row.items() if value is not None}) for row in sample())
    articles.write_text("\n".join(lines) + "\n", encoding="utf-8")
    subprocess.run([PROGRAM, "run", "-q", articles, "-o", folder / "output"], check=True, cwd=folder)
    return folder


@pytest.fixture(scope="session")
def study():
    return fs.Study(by=["source"])


def test_all_that_must_be_there_is_there():
    wanted = os.environ.get("FRAMESCOPE_KINDS", "dicts").split(",")
    assert set(wanted) <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_is_that_of_the_program(kind, by_the_program, study):
    result = study.run(frame_of(sample(), kind), progress=False)
    output = by_the_program / "output"
    assert sorted(result) == sorted(path.stem for path in output.glob("*.csv") if not path.stem.startswith("actors_"))
    cells = 0
    for name in result:
        fields = result._fields[name]
        with (output / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *expected = csv.reader(file)
        assert [field["name"] for field in fields] == header, name
        found = rows_of(result[name], kind)
        assert len(found) == len(expected), name
        for row, cells_of_row in zip(found, expected):
            for value, cell, field in zip(row, cells_of_row, fields):
                assert same(value, cell, field["type"]), (name, field["name"], value, cell)
                cells += 1
    assert cells > 50_000


def same(value, cell, kind):
    if cell == "":
        return value is None
    if kind == "integer":
        return value == int(cell) and not isinstance(value, float)
    if kind == "number":
        return value == float(cell)
    if kind == "boolean":
        return value == (cell == "true") and cell in ("true", "false")
    return value == cell


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_gives_frames_of_its_kind(kind, study):
    result = study.run(frame_of(sample(), kind), only=["groups"], report=False)
    assert (type(result["groups"]).__module__.split(".")[0] if kind != "dicts" else "dicts") == kind
    assert list(result) == ["groups"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_concordance_has_the_sentences_of_the_hits(kind, study):
    result = study.run(frame_of(sample(), kind), only=["groups"], report=False)
    lines = result.concordance(frame="blockade", voice="own")
    rows = rows_of(lines, kind)
    names = list(rows_names(lines, kind))
    hit, sentence, voice = names.index("hit"), names.index("sentence"), names.index("voice")
    assert rows and all(row[hit] in row[sentence] and row[voice] == "own" for row in rows)
    assert len(rows_of(result.concordance(frame="blockade", limit=2), kind)) == 2


def rows_names(frame, kind):
    return frame[0] if kind == "dicts" else frame.column_names if kind == "pyarrow" else frame.columns


def test_one_study_counts_several_corpora_alike(study):
    first = study.run(sample(), only=["groups"], report=False)
    second = study.run(sample()[:5], only=["groups"], report=False)
    again = study.run(sample(), only=["groups"], report=False)
    assert first["groups"] == again["groups"] != second["groups"]


def test_a_folder_and_its_stored_output_read_the_same(tmp_path):
    result = fs.Study(by="source").run(SEEDS, frames="dicts")
    kept = fs.read(result.save(tmp_path / "kept"), frames="dicts")
    assert sorted(kept) == sorted(result)
    assert kept["frame_frequency"] == result["frame_frequency"]
    assert "columns" and result.columns("groups")["articles"]


def test_every_option_of_the_program_is_a_keyword():
    study = fs.Study(by=["source", "year"], dictionaries=None, voice=["own", "quoted"], no_demonyms=True, measures="all")
    result = study.run(sample(), only=["frame_frequency", "keyness"], report=False, threads=1)
    assert {"source", "year"} <= set(result["frame_frequency"][0])


def test_a_notebook_shows_the_report(study):
    html = study.run(sample())._repr_html_()
    assert "<iframe" in html and "data-hits" in html
    assert "<pre>" in study.run(sample(), only=["groups"], report=False)._repr_html_()


def test_dates_numbers_and_missing_values_of_a_frame_arrive(study):
    articles = [
        {"text": "The blockade goes on.", "source": "A", "date": datetime.date(2023, 9, 25), "page": 4},
        {"text": "The blockade went on.", "source": "B", "date": datetime.date(2023, 9, 26), "page": None},
    ]
    times = [{**row, "date": datetime.datetime.combine(row["date"], datetime.time())} for row in articles]
    for kind, articles in itertools.product(KINDS, [articles, times]):
        table = study.run(frame_of(articles, kind), frames="dicts", only=["articles"], report=False)["articles"]
        rows, names = rows_of(table, "dicts"), list(table[0])
        assert [row[names.index("date")] for row in rows] == ["2023-09-25", "2023-09-26"], kind
        assert rows[1][names.index("page")] is None, kind


def test_errors_are_exceptions_with_the_text_of_the_program(tmp_path, study):
    with pytest.raises(fs.Error, match="no article") as no_article:
        study.run([])
    assert no_article.value.exit_code == 3
    with pytest.raises(fs.Error, match="did you mean `groups`") as usage:
        study.run(sample(), only=["group"])
    assert usage.value.exit_code == 2
    with pytest.raises(fs.Error, match="--unti"):
        fs.Study(unti=["sentence"])
    with pytest.raises(fs.Error, match="did you mean `blockade`"):
        study.run(sample(), only=["groups"], report=False).concordance(frame="blokade")
    (tmp_path / "frames.csv").write_text("frame,name\n", encoding="utf-8")
    with pytest.raises((fs.Error, OSError)):
        fs.Study(dictionaries=tmp_path)
    with pytest.raises(TypeError):
        study.run(3)
    with pytest.raises(KeyError, match="known are"):
        study.run(sample(), only=["groups"], report=False)["frames"]
    with pytest.raises(FileNotFoundError):
        fs.read(tmp_path)
    with pytest.raises(ValueError, match="row 1 "):
        study.run([{"text": "a \ud800 b"}])


def test_nothing_is_left_in_the_folder_for_temporary_files(study, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = study.run(sample(), only=["groups"], report=False)
    assert list(tmp_path.iterdir())
    del result
    with pytest.raises(fs.Error):
        study.run([])
    assert not list(tmp_path.iterdir())


def test_other_threads_of_python_go_on_while_a_study_runs(study):
    keys = ("text", "source")
    large = [
        {"id": f"{copy}-{row['id']}", **{key: row[key] for key in keys}} for copy in range(300) for row in sample()
    ]
    ticks, stop = [], threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.005)

    thread = threading.Thread(target=tick)
    thread.start()
    seen = []
    study._study.run(["-o", _folder(), "--no-report", "--", _written(large)], lambda *now: seen.append(now))
    stop.set()
    thread.join()
    assert max(b - a for a, b in zip(ticks, ticks[1:])) < 0.5
    steps = [now[:2] for now in seen]
    assert steps and seen[-1][2] and steps == sorted(steps)


def _folder():
    import tempfile

    return str(Path(tempfile.mkdtemp()) / "output")


def _written(rows):
    import tempfile

    path = Path(tempfile.mkdtemp()) / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="signals are sent as on Unix")
def test_ctrl_c_stops_a_run_and_leaves_python_alive():
    script = """
import framescope as fs, itertools, sys
articles = [{"id": str(n), "source": "A", "text": "The blockade of Karabakh goes on, Yerevan said. " * 400} for n in range(4000)]
study = fs.Study()
print("ready", flush=True)
try:
    study.run(articles, progress=False)
except KeyboardInterrupt:
    print("stopped", len(study.run(articles[:2], report=False)["groups"]), flush=True)
"""
    python = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert python.stdout.readline() == "ready\n"
    time.sleep(1.5)
    python.send_signal(signal.SIGINT)
    out, _ = python.communicate(timeout=60)
    assert out.startswith("stopped"), out


def test_the_program_is_on_the_path_and_says_what_it_says():
    def said(*words):
        return subprocess.run([PROGRAM, *words], capture_output=True, text=True)

    assert said("--version").stdout == f"framescope {fs.__version__}\n"
    assert said("explain", "npmi").returncode == 0
    wrong = said("rnu")
    assert wrong.returncode == 2 and "`rnu`" in wrong.stderr.replace("'", "`")
    assert said("run", "no-such-folder").returncode not in (0, 2)
    module = subprocess.run([sys.executable, "-m", "framescope", "--version"], capture_output=True, text=True)
    assert module.stdout == said("--version").stdout


def test_an_error_can_be_carried_to_another_process(study):
    with pytest.raises(fs.Error) as error:
        study.run([])
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)
