// What changes by itself: heard from the server as it happens, asked for every two seconds where it cannot be heard.
// A page in the background lets go of its connection, because a browser has only six for all its tabs.

const PAUSE = 2000; // ms

/** Follow a stream of documents until the returned function is called. `ask` fetches the document once and says if it failed. */
export function follow<T>(stream: string, hear: (found: T) => void, ask: () => Promise<void>): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;

  function quiet(): void {
    source?.close();
    source = null;
    if (timer !== null) clearInterval(timer);
    timer = null;
  }

  function poll(): void {
    void ask();
    timer ??= setInterval(ask, PAUSE);
  }

  function listen(): void {
    quiet();
    if (document.hidden) return;
    if (typeof EventSource === "undefined") return poll();
    source = new EventSource(stream);
    source.onmessage = (event: MessageEvent<string>) => {
      if (timer !== null) clearInterval(timer);
      timer = null;
      hear(JSON.parse(event.data) as T);
    };
    source.onerror = () => poll(); // the browser tries again unless the server refused; asking tells what is wrong
  }

  listen();
  document.addEventListener("visibilitychange", listen);
  return () => {
    document.removeEventListener("visibilitychange", listen);
    quiet();
  };
}
