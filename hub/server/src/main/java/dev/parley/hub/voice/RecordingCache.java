package dev.parley.hub.voice;

import dev.parley.core.speech.Recording;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The recordings that were last asked for, up to some memory. Thread-safe. */
final class RecordingCache {

  private final long bytesMax;
  private final Map<String, Recording> recordings = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  RecordingCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  synchronized Optional<Recording> get(String key) {
    return Optional.ofNullable(recordings.get(key));
  }

  synchronized void put(String key, Recording recording) {
    if (recording.wav().length > bytesMax) {
      return;
    }
    Recording old = recordings.put(key, recording);
    bytes += recording.wav().length - (old == null ? 0 : old.wav().length);
    Iterator<Recording> longestUnused = recordings.values().iterator();
    while (bytes > bytesMax) {
      bytes -= longestUnused.next().wav().length;
      longestUnused.remove();
    }
  }
}
