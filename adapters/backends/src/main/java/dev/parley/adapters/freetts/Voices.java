package dev.parley.adapters.freetts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Voices that nobody speaks with now, as one voice is for one thread at a time. Loading one takes a
 * third of a second and some megabytes. Thread-safe.
 */
final class Voices {

  private final int idleMax;
  private final Map<String, Deque<KevinVoice>> idle = new HashMap<>();

  /**
   * @param idleMax of one name
   */
  Voices(int idleMax) {
    this.idleMax = idleMax;
  }

  KevinVoice borrow(String name) {
    KevinVoice known = idle(name);
    return known == null ? KevinVoice.load(name) : known;
  }

  private synchronized @Nullable KevinVoice idle(String name) {
    Deque<KevinVoice> waiting = idle.get(name);
    return waiting == null ? null : waiting.poll();
  }

  synchronized void giveBack(KevinVoice voice) {
    Deque<KevinVoice> waiting = idle.computeIfAbsent(voice.name(), _ -> new ArrayDeque<>());
    if (waiting.size() < idleMax) {
      waiting.push(voice);
    }
  }

  synchronized void clear() {
    idle.clear();
  }
}
