"""From `git clone` to the first answered question in the demo, with an empty cache of packages.

python -m tests.bench.first_answer
"""

import json
import os
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PORT = 8461
PAGE = f"http://127.0.0.1:{PORT}"
CANDIDATE = 5_000_000_012
WITHIN = 900.0


def ask(path: str, body: dict[str, Any] | None = None) -> Any:
    sent = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(PAGE + path, sent, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def newest(words: str) -> dict[str, Any] | None:
    messages = ask(f"/sim/chats/{CANDIDATE}/messages")["messages"]
    return next((one for one in reversed(messages) if words in one.get("text", "")), None)


def until(look: Any, process: "subprocess.Popen[bytes]") -> Any:
    end = time.monotonic() + WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            found = look()
        except OSError:
            found = None
        if found:
            return found
        time.sleep(0.1)
    raise SystemExit("the demo did not answer")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        subprocess.run(["git", "clone", "-q", str(ROOT), f"{folder}/bot"], check=True)
        environment = os.environ | {"PIP_NO_CACHE_DIR": "1", "DEMO_PORT": str(PORT)}
        demo = subprocess.Popen(["make", "demo"], cwd=f"{folder}/bot", env=environment, start_new_session=True)
        try:
            until(lambda: ask("/sim/state"), demo)
            print(f"the page is there after {time.monotonic() - begun:.1f} s")
            ask(f"/sim/chats/{CANDIDATE}/send", {"from": CANDIDATE, "text": "/start"})
            first = until(lambda: newest("Выберите язык"), demo)
            press = f"/sim/chats/{CANDIDATE}/messages/{first['message_id']}/press"
            ask(press, {"from": CANDIDATE, "callback_data": "start:ru:"})
            ask(f"/sim/chats/{CANDIDATE}/send", {"from": CANDIDATE, "text": "Что такое квота 30 процентов?"})
            until(lambda: newest("Основание:"), demo)
            print(f"the first question is answered after {time.monotonic() - begun:.1f} s")
        finally:
            os.killpg(demo.pid, signal.SIGTERM)
            demo.wait(30)


if __name__ == "__main__":
    main()
