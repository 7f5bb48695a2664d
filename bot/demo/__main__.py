"""python -m bot.demo: the local Bot API server with the demo's people, until it is told to stop."""

import argparse
import asyncio
import signal
import sys

import uvloop
from aiohttp import web

from bot.demo.characters import cast
from bot.demo.server import build_app
from bot.demo.world import World

STOP_WITHIN_S = 0.3


async def serve(world: World, host: str, port: int) -> None:
    """Serve this world until SIGTERM or Ctrl-C; says on the first line where it listens."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    runner = web.AppRunner(build_app(world), access_log=None, shutdown_timeout=STOP_WITHIN_S)
    await runner.setup()
    site = web.TCPSite(runner, host, port, reuse_address=True)
    await site.start()
    bound = runner.addresses[0][1]
    sys.stdout.write(f"listening on http://{host}:{bound}\n")
    sys.stdout.flush()
    try:
        await stopped.wait()
    finally:
        await runner.cleanup()


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.demo", description="A local Bot API server with its people.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081, help="0 for any free one")
    parser.add_argument("--empty", action="store_true", help="start with nobody")
    parser.add_argument("--token-required", metavar="TOKEN", help="refuse every other token with 401")
    given = parser.parse_args(arguments)
    world = World(token=given.token_required) if given.empty else cast(given.token_required)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(serve(world, given.host, given.port))
    except OSError as error:
        sys.exit(f"cannot listen on {given.host}:{given.port}: {error.strerror or error}")


if __name__ == "__main__":
    main()
