"""Starts real processes quickly: reads what costs seconds once, then forks the bot or the local server on request.

It also knows where a process may be made to die or to wait. A place is armed by a file of its name in the folder
`E2E_PLACES`: "kill" ends the process there by SIGKILL, once; "wait" keeps it there until the file is gone; a number
ends it at the so-manyth step of a write. `E2E_HURRY` makes every pause so many times shorter. None of this lives in
the bot.

Requests come as lines of JSON on standard input, answers go as lines to standard output; the end of the input ends
every process that was started here."""

import asyncio
import ctypes
import json
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

PLACES = "E2E_PLACES"
HURRY = "E2E_HURRY"
DIE_WITH_PARENT = 1
Children = dict[int, int | None]


def serve() -> list[str]:
    """Answer requests; returns only in a forked process, with what it is to be."""
    children: Children = {}
    say({"ready": True})
    for line in lines():
        request = json.loads(line)
        if request["do"] == "start":
            pid = os.fork()
            if pid == 0:
                become(request)
                return request["arguments"]
            children[pid] = None
            say({"pid": pid})
        else:
            say({"code": ended(request["pid"], children)})
    for pid in children:
        if ended(pid, children) is None:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    os._exit(0)


def lines():
    """Lines of standard input, read without a buffer that a fork would copy."""
    kept = b""
    while piece := os.read(0, 65536):
        kept += piece
        while b"\n" in kept:
            line, _, kept = kept.partition(b"\n")
            yield line


def say(answer: dict[str, object]) -> None:
    """One line to whoever asked."""
    os.write(1, json.dumps(answer).encode() + b"\n")


def ended(pid: int, children: Children) -> int | None:
    """How a process ended, negative for a signal; None while it runs."""
    if children[pid] is None:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            children[pid] = os.waitstatus_to_exitcode(status)
    return children[pid]


def become(request: dict) -> None:
    """The surroundings of a process of its own."""
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for here, there in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(here, there)
    os.close(log)
    os.close(nothing)
    os.setsid()
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)  # however the launcher ends, nothing stays behind
    os.chdir(request["folder"])
    for name in [name for name in os.environ if name in request["forget"]]:
        del os.environ[name]
    os.environ.update(request["environment"])


def armed(place: str) -> str:
    """What is to happen at this place; nothing when its file is not there."""
    file = Path(os.environ[PLACES]) / place
    return file.read_text() if file.exists() else ""


def die_at(place: str) -> None:
    """SIGKILL to this very process, once, if the place is armed so."""
    if armed(place) == "kill":
        die(place)


def die(place: str) -> None:
    """SIGKILL to this very process; the place is disarmed first."""
    (Path(os.environ[PLACES]) / place).unlink()
    os.kill(os.getpid(), signal.SIGKILL)


async def pass_by(place: str) -> None:
    """Die or wait at this place if it is armed."""
    die_at(place)
    if armed(place) == "wait":
        (Path(os.environ[PLACES]) / f"{place}.reached").touch()
    while armed(place) == "wait":
        await asyncio.sleep(0.02)


def count_a_write() -> None:
    """One more step of a write has been reached; at the number that is armed, it is the last."""
    left = armed("write")
    if not left:
        return
    if int(left) <= 1:
        die("write")
    (Path(os.environ[PLACES]) / "write").write_text(str(int(left) - 1))


def hurry(times: float) -> None:
    """Pauses of the whole process are so many times shorter."""
    from bot.clock import SystemClock

    sleep = SystemClock.sleep

    async def shorter(self, seconds):
        await sleep(self, seconds / times)

    SystemClock.sleep = shorter


def arm() -> None:
    """Wrap the few functions of the real code at which a process may be stopped."""
    from bot.services.desk import AskDesk
    from bot.storage import inbox as stored
    from bot.storage.database import Database
    from bot.telegram.inbox import Inbox

    receive, done, keep, ask = stored.receive, stored.done, Inbox.keep, AskDesk.__call__
    write, transaction = Database.write, Database.transaction

    def receive_armed(*given):
        die_at("before the inbox write")
        return receive(*given)

    def done_armed(*given):
        die_at("before it is marked done")
        return done(*given)

    async def keep_armed(self, updates):
        await keep(self, updates)
        await pass_by("after the inbox write")

    async def ask_armed(self, *given):
        await pass_by("before the effect")
        result = await ask(self, *given)
        await pass_by("after the effect")
        return result

    async def write_counted(self, work):
        count_a_write()
        result = await write(self, work)
        count_a_write()
        return result

    @asynccontextmanager
    async def transaction_counted(self):
        async with transaction(self) as tx:
            yield tx
            count_a_write()
        count_a_write()

    stored.receive, stored.done, Inbox.keep, AskDesk.__call__ = receive_armed, done_armed, keep_armed, ask_armed
    Database.write, Database.transaction = write_counted, transaction_counted


def main() -> None:
    """Read everything once; then each forked process goes the way of `python -m bot` or `python -m bot.demo`."""
    import bot.app
    import bot.cli
    import bot.demo.__main__

    kernel = bot.app.Kernel.load()
    arguments = serve()
    if arguments[0] == "bot.demo":
        bot.demo.__main__.main(arguments[1:])
        return
    bot.app.Kernel.load = classmethod(lambda _cls: kernel)
    arm()
    hurry(float(os.environ[HURRY]))
    sys.argv = arguments
    bot.cli.app()


if __name__ == "__main__":
    main()
