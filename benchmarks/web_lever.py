"""A lever of the page Scenarios: from the event of its slider to both charts painted, and the CPU that it takes.

    python benchmarks/web_lever.py RUNS_FOLDER RUN [STEPS]

Prints medians: CPU of the server's process and of the browser's main thread [ms], which do not depend on how busy the
machine is, and the wall time [ms], which does. Needs the extra `test` and Chromium.
"""

import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--no-proxy-server"]
READY = 8_000  # ms until the first picture has all its runs
BETWEEN = 4_000  # ms between two steps: the hand rests, all runs are computed
TICK = 1000 / os.sysconf("SC_CLK_TCK")
STEP = """([value]) => new Promise((done) => {
  const slider = document.querySelector('input[type=range]');
  const charts = [...document.querySelectorAll('.panels')];
  const hit = new Set();
  const began = performance.now();
  const painted = () => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => done(performance.now() - began);
    after.port2.postMessage(0);
  });
  for (const chart of charts) {
    const watch = new MutationObserver(() => {
      watch.disconnect();
      hit.add(chart);
      if (hit.size === charts.length) painted();
    });
    watch.observe(chart, { childList: true, subtree: true, attributes: true });
  }
  slider.value = value;
  slider.dispatchEvent(new Event('input', { bubbles: true }));
})"""


def server_cpu(process: subprocess.Popen) -> float:
    """CPU that a process has used [ms]."""
    found = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(found[11]) + int(found[12])) * TICK


def measure(entry: str, run: str, steps: int, process: subprocess.Popen) -> list[tuple[float, float, float]]:
    """(server CPU, browser CPU, wall) of each step [ms]."""
    with sync_playwright() as engine:
        page = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS).new_page(
            viewport={"width": 1400, "height": 1000}
        )
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})

        def browser_cpu() -> float:
            rows = session.send("Performance.getMetrics")["metrics"]
            return next(row["value"] for row in rows if row["name"] == "TaskDuration") * 1000

        page.goto(entry)
        page.goto(f"{entry.split('/?')[0]}/#/scenarios?run={run}")
        page.locator(".panel svg").first.wait_for(timeout=90_000)
        page.wait_for_timeout(READY)
        rows = []
        for k in range(steps):
            before = server_cpu(process), browser_cpu()
            wall = page.evaluate(STEP, [f"{0.1 + 0.05 * (k * 7 % 36):.2f}"])
            rows.append((server_cpu(process) - before[0], browser_cpu() - before[1], wall))
            page.wait_for_timeout(BETWEEN)
        return rows


def main(runs: str, run: str, steps: int = 10) -> None:
    """Serve, measure, print."""
    command = [sys.executable, "-m", "fronde", "app", "--runs-folder", runs, "--no-browser", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    assert process.stdout is not None
    try:
        entry = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
        rows = measure(entry, run, steps, process)
    finally:
        process.terminate()
        process.wait()
    for name, values in zip(("server CPU", "browser CPU", "wall"), zip(*rows, strict=True), strict=True):
        found = sorted(values)
        print(f"{name:12} median {statistics.median(found):5.0f} ms  ({found[0]:.0f} to {found[-1]:.0f})")
    print(f"{steps} steps, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main(*sys.argv[1:3], *(int(count) for count in sys.argv[3:4]))
