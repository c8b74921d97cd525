"""What `compare` and `gate` share: where the material lies, the corpora and codebooks made of it, the file of results."""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get('FRAMESCOPE_SHARED', ROOT.parent / 'shared'))
BENCH = SHARED / 'bench'
if not BENCH.is_dir():
    sys.exit(f'there is no folder `{BENCH}` with the corpus generator: set FRAMESCOPE_SHARED to the folder that holds `bench`')


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, **options)


def corpus(folder, megabytes, files=False):
    """The generated corpus of a size, made once: `corpus.jsonl`, `corpus.csv` and, if asked for, `files/`."""
    target = folder / f'corpus_{megabytes}{"_files" if files else ""}'
    if not target.exists():
        print(f'making the corpus of {megabytes} MB', file=sys.stderr)
        unfinished = target.with_name(target.name + '.unfinished')
        shutil.rmtree(unfinished, ignore_errors=True)
        run(sys.executable, BENCH / 'gen.py', megabytes, unfinished, *([] if files else ['--no-files']))
        unfinished.rename(target)
    return target


def codebook(folder, size):
    """The benchmark's codebook of 274 (`small`) or 50,000 (`large`) aliases, with this project's cues and zones."""
    target = folder / f'codebook_{size}'
    target.mkdir(parents=True, exist_ok=True)
    run(sys.executable, BENCH / 'codebook.py', target, *(['--large'] if size == 'large' else []))
    for name in ('cues', 'zones', 'abbreviations'):
        shutil.copy(ROOT / 'dictionaries' / f'{name}.csv', target)
    return target


def section(text, title):
    """The text of one `## ` section of a Markdown file; `None` when there is none."""
    found = re.search(rf'^## {re.escape(title)}\n(.*?)(?=^## |\Z)', text, re.S | re.M)
    return found and found.group(1).strip()


def write_section(path, title, body):
    """Puts a section into a Markdown file, in the place of the old one or at the end."""
    text = path.read_text(encoding='utf-8') if path.exists() else '# Measured\n'
    old = section(text, title)
    if old is None:
        text = f'{text.rstrip()}\n\n## {title}\n\n{body.strip()}\n'
    else:
        text = text.replace(f'## {title}\n\n{old}', f'## {title}\n\n{body.strip()}')
    path.write_text(text, encoding='utf-8')
