"""Campaigns measured: the bot is a process, the Bot API server is one with its own record, the database is a file."""

import array
import contextlib
import os
import platform
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from bot.domain.audiences import Audience
from bot.domain.campaigns import CampaignTopic, Content, Draft, Schedule
from bot.domain.ids import Language, PlaceSlug
from tests.bench.telegram import ASKERS

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "7000000001:for-the-bench"
FIRST = 1_000_000
AUTHOR = 10
WORDS = {
    Language.KY: "<b>Жергиликтүү кеңештерде аялдардын квотасы</b>\n\nАйылдык кеңештин депутаттарынын кеминде 30 пайызы "
    "аялдар болот. Кантип талапкер болууну, документтерди жана мөөнөттөрдү билүү үчүн суроо бериңиз.",
    Language.RU: "<b>Квота для женщин в местных кенешах</b>\n\nНе менее 30 процентов депутатов айылного кенеша — женщины. "
    "Чтобы узнать, как стать кандидатом, какие нужны документы и сроки, задайте вопрос.",
}


def machine() -> dict[str, Any]:
    """Where and with what the figures were taken."""
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "cores": os.cpu_count(),
        "load": [round(one, 1) for one in os.getloadavg()],
        "machine": platform.machine(),
        "kernel": platform.release(),
        **{name: version(name) for name in ("aiogram", "aiohttp", "aiosqlite", "uvloop", "orjson")},
    }


def by_day() -> str:
    """A zone in which it is about noon, so that quiet hours hold nothing."""
    off = (12 - datetime.now(UTC).hour + 12) % 24 - 12
    return "Etc/GMT" if off == 0 else f"Etc/GMT{-off:+d}"


async def prepare(path: Path) -> None:
    """The tables of a new file."""
    from bot.storage.database import Database

    await (await Database.open(path)).close()


def seed(path: Path, people: int, begins_in: float, lasts_hours: int = 72) -> None:
    """So many people of a place, some who only ask, and an approved campaign that begins so many seconds from now."""
    import asyncio

    asyncio.run(prepare(path))
    draft = Draft(
        Content(words=WORDS, topic=CampaignTopic.QUOTA, signed="Бенчмарк"),
        Audience((PlaceSlug(oblast()),)),
        Schedule(datetime.now(UTC) + timedelta(seconds=begins_in), lasts_hours),
    )
    now = int(time.time())
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        place = oblast()
        rows = (
            "INSERT INTO chats (chat_id, kind, language, place, started_at, seen_at) VALUES (?, 'private', ?, ?, ?, ?)"
        )
        db.executemany(rows, ((FIRST + n, "ky" if n % 3 else "ru", place, now, now) for n in range(people)))
        db.executemany(rows, ((ASKERS + n, "ky", None, now, now) for n in range(1000)))
        db.execute(rows, (AUTHOR, "ru", None, now, now))
        db.execute(
            "INSERT INTO roles (chat_id, role, place, granted_at) VALUES (?, 'administrator', 'kg', ?)", (AUTHOR, now)
        )
        db.execute(
            """INSERT INTO campaigns (author, draft, status, approved_hash, waived, text_hash, made_at, cause)
               VALUES (?, ?, 'approved', ?, 1, ?, ?, -1)""",
            (AUTHOR, draft.as_json(), draft.hash, draft.text_hash, now),
        )


def oblast() -> str:
    """The first oblast of the tree."""
    from bot.domain.places import Level
    from bot.guide.places import load_places

    return next(place.slug for place in load_places(ROOT / "guides" / "places.csv") if place.level is Level.OBLAST)


@dataclass
class Stage:
    """Both processes and the file."""

    folder: Path
    rate: float
    sky: subprocess.Popen[bytes]
    base: str
    bot: subprocess.Popen[bytes] | None = None
    lives: int = 0

    @property
    def database(self) -> Path:
        """The file."""
        return self.folder / "bot.sqlite3"

    def live(self) -> None:
        """A bot begins on the file."""
        self.lives += 1
        with (self.folder / "bot.log").open("ab") as log:
            self.bot = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                env=os.environ
                | {
                    "PYTHONPATH": str(ROOT),
                    "BOT_TOKEN": TOKEN,
                    "BOT_API_BASE": self.base,
                    "DATABASE": str(self.database),
                    "SEND_RATE": str(self.rate),
                    "TIME_ZONE": by_day(),
                    "LOG_LEVEL": "WARNING",
                    "ADMINS": "",
                },
            )

    def ask(self, path: str) -> bytes:
        """What the server says."""
        with urllib.request.urlopen(f"{self.base}/{path}", timeout=60) as answer:
            body: bytes = answer.read()
            return body

    def figures(self) -> dict[str, Any]:
        """What the server has seen."""
        found: dict[str, Any] = orjson.loads(self.ask("figures"))
        return found

    def record(self) -> Counter[int]:
        """How often each chat of the audience was delivered to, by the server's own record."""
        return Counter(chat for chat in array.array("q", self.ask("record")) if chat != AUTHOR)

    def tally(self) -> dict[int, int]:
        """The kept counters of the campaign."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            return dict(
                db.execute(
                    """SELECT status, n FROM tallies JOIN sources ON sources.id = source_id
                       WHERE kind = 'campaign' AND n > 0"""
                ).fetchall()
            )

    def over(self) -> bool:
        """Whether the campaign is done."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            return bool(db.execute("SELECT 1 FROM campaigns WHERE status = 'done'").fetchone())


@contextlib.contextmanager
def a_stage(rate: float, **sky: Any) -> Iterator[Stage]:
    """Both processes, ended at the end."""
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.telegram", orjson.dumps(sky).decode()],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert server.stdout
        stage = Stage(Path(folder), rate, server, server.stdout.readline().decode().strip())
        try:
            yield stage
        finally:
            for process in (stage.bot, server):
                if process is not None and process.poll() is None:
                    process.terminate()
                    try:
                        process.wait(30)
                    except subprocess.TimeoutExpired:
                        process.kill()
                        process.wait()


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Megabytes that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def percentile(ordered: list[float], share: float) -> float | None:
    """Of sorted values."""
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 3) if ordered else None


def sending(people: int, rate: float, begins_in: float = 15.0, **sky: Any) -> dict[str, Any]:
    """One campaign from launch to report: pace, share of the allowance, CPU a letter, memory, answers meanwhile."""
    with a_stage(rate, **sky) as stage:
        seed(stage.database, people, begins_in)
        begun = time.monotonic()
        stage.live()
        assert stage.bot
        time.sleep(max(0.1, begins_in - 1.0))
        idle, cpu = resident(stage.bot.pid), cpu_of(stage.bot.pid)
        highest, pace, at_99 = idle, 0.0, 0.0
        while not stage.over():
            if stage.bot.poll() is not None:
                raise RuntimeError((stage.folder / "bot.log").read_text()[-2000:])
            highest = max(highest, resident(stage.bot.pid))
            seen = stage.figures()
            done = seen["delivered"] + seen["refused"]
            if not at_99 and done >= 0.99 * people:
                at_99 = seen["seconds"]
                pace = done / at_99 if at_99 else 0.0
            if time.monotonic() - begun > begins_in + 60 + 4 * people / rate:
                break
            time.sleep(0.25)
        spent = cpu_of(stage.bot.pid) - cpu
        seen, tally = stage.figures(), stage.tally()
        answers = seen.pop("answers")
        return {
            "people": people,
            "send_rate": rate,
            "sky": sky,
            "pace": round(pace, 2),
            "share_of_allowance": round(pace / sky.get("allow", 30.0), 4),
            "cpu_ms_a_letter": round(1000 * spent / people, 3),
            "idle_mb": round(idle, 1),
            "above_idle_mb": round(highest - idle, 1),
            "tally": tally,
            "adds_up": sum(tally.values()) == people,
            "server": seen,
            "answers": {
                "n": len(answers),
                "p50": percentile(answers, 0.5),
                "p95": percentile(answers, 0.95),
                "p99": percentile(answers, 0.99),
            },
            **machine(),
        }


def killing(people: int, rate: float, kills: int, **sky: Any) -> dict[str, Any]:
    """kill -9 at random moments; at the end every chat is accounted for, by the server's own record."""
    with a_stage(rate, **sky) as stage:
        seed(stage.database, people, 0.0)
        killed = 0
        begun = time.monotonic()
        while killed < kills:
            stage.live()
            before = len(stage.record())
            while len(stage.record()) <= before and not stage.over() and time.monotonic() - begun < 3600:
                time.sleep(0.2)
            left = max(1.0, (people - len(stage.record())) / rate / (kills - killed + 1))
            time.sleep(random.uniform(0.0, 2 * left))
            assert stage.bot
            if stage.over():
                break
            stage.bot.send_signal(signal.SIGKILL)
            stage.bot.wait()
            killed += 1
        if stage.bot is None or stage.bot.poll() is not None:
            stage.live()
        while not stage.over() and time.monotonic() - begun < 3600:
            time.sleep(0.5)
        time.sleep(1.0)
        tally, record = stage.tally(), stage.record()
        with contextlib.closing(sqlite3.connect(f"file:{stage.database}?mode=ro", uri=True)) as db:
            rows = dict(
                db.execute(
                    """SELECT chat_id, status FROM deliveries JOIN sources ON sources.id = source_id
                       WHERE kind = 'campaign'"""
                ).fetchall()
            )
        sent = {chat for chat, status in rows.items() if status == 2}
        uncertain = {chat for chat, status in rows.items() if status == 5}
        got = set(record)
        return {
            "people": people,
            "send_rate": rate,
            "sky": sky,
            "kills": killed,
            "seconds": round(time.monotonic() - begun),
            "tally": tally,
            "adds_up": sum(tally.values()) == people == len(rows),
            "sent": len(sent),
            "record": len(got),
            "uncertain": len(uncertain),
            "sent_all_in_record": sent <= got,
            "record_all_sent_or_uncertain": got <= sent | uncertain,
            "twice": sum(n > 1 for n in record.values()),
            "uncertain_at_most": round(rate * 2) * killed + stage.figures()["limited"] + int(people * 0.02),
            **machine(),
        }


def freezing(people: int) -> dict[str, Any]:
    """An audience of so many chats is copied: seconds, the longest that the writer was held, the size of the file."""
    from bot.domain.deliveries import SourceKind
    from bot.guide.places import load_places
    from bot.storage import audiences, freezing
    from bot.storage.database import Database

    async def measure(path: Path) -> dict[str, Any]:
        places = load_places(ROOT / "guides" / "places.csv")
        rule = Audience((PlaceSlug(oblast()),))
        db = await Database.open(path)
        try:
            before = path.stat().st_size
            async with db.transaction() as tx:
                source = await freezing.begin(tx, SourceKind.CAMPAIGN, 1, "launch", due_at=datetime.now(UTC))
            where, values = audiences.condition(rule, places)
            longest, begun, more = 0.0, time.perf_counter(), True
            while more:
                at = time.perf_counter()
                more = await db.write(lambda one: freezing.freeze(one, source, where, values))
                longest = max(longest, time.perf_counter() - at)
            seconds = time.perf_counter() - begun
            await db.checkpoint()
            return {
                "people": people,
                "seconds": round(seconds, 2),
                "longest_writer_hold": round(longest, 3),
                "file_mb_before": round(before / 1e6, 1),
                "file_mb_after": round(path.stat().st_size / 1e6, 1),
                **machine(),
            }
        finally:
            await db.close()

    import asyncio

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bot.sqlite3"
        seed(path, people, 3600)
        return asyncio.run(measure(path))
