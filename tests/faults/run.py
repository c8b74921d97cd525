#!/usr/bin/env python3
"""Faults that a run has to survive: `python3 tests/faults/run.py [PROGRAM] [--long]`.

Each fault is one try. It is survived when the program ends in time with a code that its help names, when the output that
was there before is whole or the new one is, and when nothing of the user's is lost. A full disk, rights and mounts need
root; without it the tries that need them are left out, and that is said. With `--long`,
which takes some minutes, the work for long inputs of every format is measured too (`long.py`). The moments are drawn with a
seed.
"""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import long

CODES = {0, 1, 2, 3, 4, 5, 129, 130, 143}
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
RANDOM = random.Random(7)

CODEBOOK = {
    "actors.csv": "actor,name,kind,parent\nFRD,Freedonia,state,\nFRD_GOV,Government,government,FRD\nSYL,Sylvania,state,\n",
    "aliases.csv": "actor,alias,kind\nFRD,Freedonia,name\nFRD_GOV,Fredonburg,metonym\nSYL,Sylvania,name\n",
    "frames.csv": "frame,name,definition\nblockade,Blockade,\nwar,War,\n",
    "terms.csv": "frame,term,pattern,kind\nblockade,blockade,blockad*,wildcard\nwar,war,war,literal\n",
}
SENTENCES = (
    "Freedonia said that the blockade by Sylvania is a war.",
    "Nobody in Fredonburg spoke of a “war” any more.",
    "The blockade goes on, and Sylvania denies it.",
)


class Harness:
    def __init__(self, program):
        self.program = os.path.abspath(program)
        self.root = tempfile.mkdtemp(prefix="framescope-faults-")
        self.tried, self.lost, self.left_out = 0, [], []
        self.codebook = self.path("codebook")
        for name, text in CODEBOOK.items():
            self.write(f"codebook/{name}", text)
        cues = os.path.join(os.path.dirname(__file__), "../../dictionaries/cues.csv")
        shutil.copy(cues, self.codebook)
        for corpus, articles in (("one", 30), ("two", 60)):
            for n in range(articles):
                text = " ".join(SENTENCES[(n + at) % len(SENTENCES)] for at in range(40))
                self.write(f"{corpus}/The-{'AB'[n % 2]}_2024-01-{n % 28 + 1:02}_{n}.txt", text + "\n")

    def path(self, *names):
        return os.path.join(self.root, *names)

    def write(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())

    def command(self, *args):
        with_codebook = args[0] in ("run", "tally", "tables", "concordance", "sample", "agreement")
        return [self.program, *args, *(("--dictionaries", self.codebook) if with_codebook else ())]

    def start(self, *args, before=None, **options):
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, **options}
        return subprocess.Popen(self.command(*args), cwd=self.root, preexec_fn=before, **options)

    def done(self, *args, before=None, timeout=40, **options):
        """Exit code and what was said; `None` as a code for a command that did not end."""
        process = self.start(*args, before=before, **options)
        try:
            told = process.communicate(timeout=timeout)[1] or b""
            return process.returncode, told.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return None, "did not end"

    def cpu(self, *args):
        """The seconds of a processor that a command takes."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        code, told = self.done(*args)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return code, told, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def exists(self, name):
        return os.path.exists(self.path(name))

    def codebook_files(self):
        return CODEBOOK

    def odd_codebook(self):
        """A copy of the codebook, to be changed."""
        shutil.rmtree(self.path("odd"), ignore_errors=True)
        shutil.copytree(self.codebook, self.path("odd"))

    def is_whole(self, output="out"):
        return self.done("check-output", output)[0] == 0

    def litter(self, folder=""):
        return [name for name in os.listdir(self.path(folder)) if name.startswith(".out")]

    def fault(self, name, survived, told=""):
        self.tried += 1
        if not survived:
            self.lost.append(name)
            print(f"LOST {name}: {told[-300:].strip()}", flush=True)

    def group(self, name, faults):
        tried, begun = self.tried, time.monotonic()
        faults(self)
        print(f"{name}: {self.tried - tried} tried, {time.monotonic() - begun:.1f} s", flush=True)

    def first_output(self):
        shutil.rmtree(self.path("out"), ignore_errors=True)
        code, told = self.done("run", "one", "-o", "out")
        assert code == 0, told


def kills(h):
    h.first_output()
    begun = time.monotonic()
    h.done("run", "two", "-o", "out")
    took = time.monotonic() - begun
    for n in range(100):
        process = h.start("run", ("one", "two")[n % 2], "-o", "out", "-q", stderr=subprocess.DEVNULL)
        time.sleep(RANDOM.uniform(0, 1.2 * took))
        process.kill()
        process.wait()
        # The last word on the output is the next run's, which ends what an exchange of single files began.
        h.fault(f"kill {n}", h.is_whole(), "the output is neither the old nor the new one")
    code, told = h.done("run", "one", "-o", "out")
    h.fault("run after kills", code == 0 and h.is_whole() and not h.litter(), told + str(h.litter()))


def signals(h):
    h.first_output()
    for n in range(24):
        sent = SIGNALS[n % 3]
        process = h.start("run", "two", "-o", "out", "-q")
        time.sleep(RANDOM.uniform(0, 0.15))
        process.send_signal(sent)
        if n % 2:
            time.sleep(RANDOM.uniform(0, 0.05))
            process.send_signal(sent)
        told = process.communicate(timeout=30)[1].decode("utf-8", "replace")
        ended = process.returncode in (0, 128 + sent, -sent)
        h.fault(f"{sent.name} {n}", ended and h.is_whole(), f"{process.returncode} {told}")
    for sent in SIGNALS:
        process = h.start("tally", stdin=subprocess.PIPE)
        time.sleep(0.5)
        process.send_signal(sent)
        begun = time.monotonic()
        told = process.communicate(timeout=30)[1].decode("utf-8", "replace") if wait(process, 10) else "did not end"
        h.fault(f"{sent.name} while it waits", time.monotonic() - begun < 10 and "did not" not in told, told)
    code, told = h.done("run", "one", "-o", "out")
    h.fault("run after signals", code == 0 and h.is_whole() and not h.litter(), told + str(h.litter()))


def signals_while_files_are_read(h):
    """A large file of any format does not keep a signal waiting, and nothing is left beside the output."""
    h.first_output()
    word = "Sylvania denies the blockade. " * 10
    large = {
        "a.html": f"<p>{word}</p>" * 60_000, "a.pdf": long.pdf([long.shown(40)] * 500),
        "a.docx": long.docx(f"<w:p><w:r><w:t>{word}</w:t></w:r></w:p>" * 30_000),
        "a.xlsx": long.xlsx(long.cells(["id", "text"]) + "".join(long.cells([at, word]) for at in range(20_000))),
        "a.rtf": long.rtf(f"\\par {word}" * 30_000), "a.warc": long.warc(20_000),
    }
    for name, content in large.items():
        h.write(f"large/{name}", content)
        for sent, command in zip(SIGNALS, (("run", "-o", "out", "-q"), ("tally", "-q"), ("corpus", "-o", "new.jsonl"))):
            process = h.start(*command, f"large/{name}")
            time.sleep(RANDOM.uniform(0.02, 0.6))
            begun = time.monotonic()
            process.send_signal(sent)
            told = process.communicate(timeout=30)[1].decode("utf-8", "replace")
            soon = time.monotonic() - begun < 3 and process.returncode in (0, 128 + sent, -sent)
            litter = h.litter() + [name for name in os.listdir(h.root) if name.startswith(".framescope")]
            survived = soon and h.is_whole() and not litter
            h.fault(f"{sent.name} while {name} is read by {command[0]}", survived, f"{process.returncode} {litter} {told}")
            if h.exists("new.jsonl"):
                os.remove(h.path("new.jsonl"))


def wait(process, seconds):
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        process.kill()
        return False


def full_disk(h):
    def limited(size):
        def before():
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return before

    for size in (0, 1000, 8000, 50_000, 200_000):
        h.first_output()
        # Python ignores the signal of this limit; so the program gets an error, as from a full disk.
        code, told = h.done("run", "two", "-o", "out", before=limited(size), restore_signals=False)
        h.fault(f"files of {size} bytes at most", code in CODES and h.is_whole(), f"{code} {told}")
    disk = h.path("disk")
    os.makedirs(disk)
    for kib in (64, 256, 400, 600, 800, 1000, 1400, 2000, 4000):
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", disk], capture_output=True)
        if mounted.returncode:
            h.left_out.append("a full disk (no tmpfs can be mounted)")
            return
        try:
            for output in ("disk/out", "disk"):
                first, _ = h.done("run", "one", "-o", output, "--no-report")
                code, told = h.done("run", "two", "-o", output)
                whole = first != 0 or h.is_whole(output)
                h.fault(f"{output} on a disk of {kib} KiB", code in CODES and whole, f"{first} {code} {told}")
                shutil.rmtree(h.path("disk/out"), ignore_errors=True)
        finally:
            subprocess.run(["umount", disk], check=True)


def two_runs(h):
    h.first_output()
    for n in range(6):
        running = [h.start("run", corpus, "-o", "out", "-q") for corpus in ("one", "two", "one", "two")]
        told = [process.communicate(timeout=60)[1].decode("utf-8", "replace") for process in running]
        codes = [process.returncode for process in running]
        h.fault(f"four runs at once {n}", set(codes) <= {0, 1} and 0 in codes and h.is_whole(), f"{codes} {told}")
    h.fault("nothing is left by several runs", not h.litter(), str(h.litter()))


def vanishing_input(h):
    h.first_output()
    for n in range(8):
        shutil.rmtree(h.path("going"), ignore_errors=True)
        shutil.copytree(h.path("two"), h.path("going"))
        process = h.start("run", "going", "-o", "out", "-q")
        time.sleep(RANDOM.uniform(0, 0.05))
        for at, name in enumerate(sorted(os.listdir(h.path("going")))):
            if n % 2:
                os.remove(h.path("going", name))
            elif at % 2:
                h.write(f"going/{name}", "Sylvania. " * (at * 100))
        told = process.communicate(timeout=60)[1].decode("utf-8", "replace")
        h.fault(f"input goes {n}", process.returncode in CODES and h.is_whole(), f"{process.returncode} {told}")


def rights(h):
    if os.geteuid() != 0:
        h.left_out.append("rights (needs root)")
        return

    def nobody():
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)

    os.chmod(h.root, 0o755)
    readable = ("one", "two", "codebook")
    for name in readable:
        os.chmod(h.path(name), 0o755)
    h.first_output()
    code, told = h.done("run", "two", "-o", "out", before=nobody)
    h.fault("an output of somebody else", code == 1 and h.is_whole(), f"{code} {told}")
    os.makedirs(h.path("locked/out"))
    os.chown(h.path("locked/out"), 65534, 65534)
    for corpus in ("one", "two"):
        code, told = h.done("run", corpus, "-o", "locked/out", before=nobody)
        h.fault(f"{corpus} into a folder of its own in a locked one", code == 0 and h.is_whole("locked/out"), told)
    h.write("secret/a.txt", SENTENCES[0])
    os.chmod(h.path("secret/a.txt"), 0)
    code, told = h.done("run", "secret", "-o", "locked/out", before=nobody)
    h.fault("an article that may not be read", code in (1, 3) and "a.txt" in told and h.is_whole("locked/out"), told)


def limits(h):
    h.first_output()
    for files in (3, 5, 8, 12, 16, 24, 32, 64):
        def before(files=files):
            resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
        code, told = h.done("run", "two", "-o", "out", before=before)
        h.fault(f"{files} open files", (code in CODES or files < 5) and h.is_whole(), f"{code} {told}")
    for megabytes in (16, 32, 64, 128, 256, 512):
        def before(megabytes=megabytes):
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        code, told = h.done("run", "two", "-o", "out", "--threads", "2", before=before)
        # Without memory a program of Rust aborts; the output is what counts.
        h.fault(f"{megabytes} MB", code is not None and h.is_whole(), f"{code} {told}")
    for stream in (0, 1, 2):
        def before(stream=stream):
            os.close(stream)
        code, told = h.done("run", "two", "-o", "out", before=before)
        h.fault(f"descriptor {stream} closed", code == 0 and h.is_whole(), f"{code} {told}")
    if os.path.exists("/dev/full"):
        with open("/dev/full", "wb") as full:
            code, told = h.done("run", "two", "-o", "out", stderr=full)
            h.fault("standard error is full", code == 0 and h.is_whole(), f"{code} {told}")
            code, told = h.done("--help", stdout=full)
            h.fault("standard output is full", code == 1, f"{code} {told}")


def hostile_names(h):
    names = [
        b"-rf.txt", b"--help.txt", b"a\nb.txt", b"\x1b[31mred\x1b]0;t\x07.txt", b"\xff\xfe.txt", b"=1+1.txt", b"a,b\".txt",
        b"<script>.txt", b" .txt", b"con.txt", b"..txt", b"\xe2\x80\xae.txt", b"a" * 250 + b".txt", b"$(id).txt", b"%s%n.txt",
    ]
    for n, name in enumerate(names):
        folder = h.path(f"names{n}")
        os.makedirs(folder)
        with open(os.path.join(folder.encode(), name), "w") as file:
            file.write(SENTENCES[0])
        code, told = h.done("run", f"names{n}", "-o", f"names{n}.out")
        plain = all(c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160 or c == "\u202e") for c in told)
        h.fault(f"name {name!r}", code in (0, 2, 3) and plain and (code or h.is_whole(f"names{n}.out")), f"{code} {told}")
    h.first_output()
    for n, make in enumerate((os.mkfifo, lambda path: os.symlink("/dev/zero", path), lambda path: os.symlink(path, path))):
        folder = f"odd{n}"
        h.write(f"{folder}/a.txt", SENTENCES[0])
        make(h.path(folder, "b.txt"))
        code, told = h.done("run", folder, "-o", "out", timeout=20)
        h.fault(f"no regular file {n}", code in (0, 1, 3) and h.is_whole(), f"{code} {told}")


def terminals(h):
    """On a terminal no text moves the cursor, sets a title or turns a line around, rows of CSV neither."""
    text = "Sylvania\x1b[2J wants\x1b]0;title\x07 no \u202ewar.\r"
    h.write("odd.jsonl", json.dumps({"id": "1", "source": "s\x1b[5m", "title": text, "text": text}) + "\n")
    for command in (
        ("concordance", "odd.jsonl", "--frame", "war", "--csv"), ("concordance", "odd.jsonl", "--frame", "war"),
        ("show", "voice", "odd.jsonl"), ("show", "voice", "odd.jsonl", "--csv"), ("show", "sentences", "odd.jsonl"),
        ("show", "mentions", "odd.jsonl"), ("tally", "odd.jsonl"), ("explain", "\x1b[2Jwar"),
    ):
        ours, theirs = os.openpty()
        process = h.start(*command, stdout=theirs, stderr=theirs, env={**os.environ, "NO_COLOR": "1"})
        os.close(theirs)
        told = b""
        while True:
            try:
                some = os.read(ours, 65536)
            except OSError:
                break
            if not some:
                break
            told += some
        os.close(ours)
        process.wait()
        # The terminal itself puts a return before each line break.
        told = told.decode("utf-8", "replace").replace("\r\n", "\n")
        calm = not any(c in "\x1b\x07\r\u202e" for c in told)
        h.fault(f"terminal: {' '.join(command)}", calm and told.strip(), repr(told))


def own_files(h):
    """Whatever is said on the command line, the user's files stay."""
    for force in ((), ("--force",)):
        for output in ("mine", "mine/corpus", ".", "mine/dictionaries"):
            h.write("mine/corpus/a.txt", SENTENCES[0])
            h.write("mine/dictionaries/note.txt", "mine")
            h.write("mine/README.md", "mine")
            code, told = h.done("run", "mine/corpus", "-o", output, *force)
            kept = all(
                any(os.path.exists(h.path(name + kept)) for kept in ("", ".kept"))
                for name in ("mine/corpus/a.txt", "mine/dictionaries/note.txt", "mine/README.md")
            )
            h.fault(f"output {output} {force}", kept and (code == 1 or output == "mine/dictionaries"), f"{code} {told}")
            shutil.rmtree(h.path("mine"))


def other_commands(h):
    """Commands that write a file or a folder of their own: whole or not at all, never over the user's."""
    code, told = h.done("sample", "one", "-o", "drawn.csv", "--n", "20")
    h.fault("a sample", code == 0, told)
    commands = {
        "mine/c.jsonl": ("corpus", "two", "-o", "mine/c.jsonl"), "mine/s.json": ("sketch", "two", "-o", "mine/s.json"),
        "mine/s.csv": ("sample", "two", "-o", "mine/s.csv"), "mine/unread.csv": ("agreement", "drawn.key.csv", "drawn.csv", "-o", "mine"),
        "mine/terms.csv": ("codebook", "new", "mine"), "mine/texts/a.txt": ("corpus", "two", "--to", "text", "-o", "mine/texts"),
    }
    for name, command in commands.items():
        h.write(name, "mine")
        code, told = h.done(*command)
        with open(h.path(name), encoding="utf-8") as file:
            kept = file.read() == "mine"
        h.fault(f"{command[0]} over a file", code == 1 and kept and "there already" in told, f"{code} {told}")
        shutil.rmtree(h.path("mine"))
        for n in range(4):
            process = h.start(*command, stderr=subprocess.DEVNULL)
            time.sleep(RANDOM.uniform(0, 0.1))
            process.kill()
            process.wait()
            # What is there is whole: the next one says so, or makes it.
            code, told = h.done(*command)
            h.fault(f"{command[0]} killed {n}", code == 0 or "there already" in told, f"{code} {told}")
            left = [entry for entry in os.listdir(h.path("mine")) if entry.startswith(".")]
            if code == 0:
                h.fault(f"{command[0]} after a kill", not left, str(left))
            shutil.rmtree(h.path("mine"))

        def before():
            resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60))
        code, told = h.done(*command, before=before, restore_signals=False)
        h.fault(f"{command[0]} on a full disk", code == 1 and not h.exists("mine"), f"{code} {told}")
        shutil.rmtree(h.path("mine"), ignore_errors=True)


def mounts(h):
    """A mounted folder is filled; what a mounted disk holds when the power goes is a whole output."""
    disk, image, after = h.path("mounted"), h.path("disk.img"), h.path("after")
    os.makedirs(disk)
    os.makedirs(after)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk], capture_output=True).returncode:
        h.left_out.append("mounted folders (no tmpfs can be mounted)")
        return
    try:
        for corpus in ("one", "two", "one"):
            code, told = h.done("run", corpus, "-o", "mounted")
            h.fault(f"{corpus} into a mounted folder", code == 0 and h.is_whole("mounted"), f"{code} {told}")
    finally:
        subprocess.run(["umount", disk], check=True)

    def loop(file, folder):
        return subprocess.run(["mount", "-o", "loop", file, folder], capture_output=True).returncode == 0

    made = subprocess.run(["sh", "-c", f"truncate -s 60M '{image}' && mkfs.ext4 -q '{image}'"], capture_output=True)
    if made.returncode or not loop(image, disk):
        h.left_out.append("a power loss (no ext4 can be made and mounted)")
        return
    try:
        for seconds in (0, 0.5, 2, 6):
            first, _ = h.done("run", "one", "-o", "mounted/out")
            os.sync()
            second, told = h.done("run", "two", "-o", "mounted/out")
            time.sleep(seconds)
            # What lies on the disk now is all that there would be after the power went.
            subprocess.run(["cp", "--sparse=always", image, image + ".after"], check=True)
            whole = loop(image + ".after", after)
            if whole:
                whole = h.is_whole("after/out")
                subprocess.run(["umount", after], check=True)
            h.fault(f"the power goes {seconds} s after a run", first == second == 0 and whole, told)
    finally:
        subprocess.run(["umount", disk], check=True)


def main():
    program = [argument for argument in sys.argv[1:] if argument != "--long"]
    long_inputs = [("long inputs", long.more_than_linear)] if "--long" in sys.argv else []
    h = Harness(program[0] if program else os.environ.get("FRAMESCOPE", "target/release/framescope"))
    begun = time.monotonic()
    try:
        for name, faults in (
            ("kills", kills), ("signals", signals),
            ("signals while files are read", signals_while_files_are_read), ("full disk", full_disk), ("several runs", two_runs),
            ("input that goes", vanishing_input), ("rights", rights), ("mounts", mounts), ("limits", limits), ("names", hostile_names),
            ("terminals", terminals), ("own files", own_files),
            ("other commands", other_commands), *long_inputs,
        ):
            h.group(name, faults)
    finally:
        shutil.rmtree(h.root, ignore_errors=True)
    for what in h.left_out:
        print(f"left out: {what}")
    print(f"survived {h.tried - len(h.lost)} of {h.tried}, in {time.monotonic() - begun:.0f} s")
    return int(bool(h.lost))


if __name__ == "__main__":
    sys.exit(main())
