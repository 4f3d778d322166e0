package dev.parley.hub.media.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The store's books: the items that are known, and the bytes of items and uploads, which never pass
 * the limit together. In memory only; any thread, never waits long.
 */
final class Stock {

  private final MediaLimits limits;
  private final Map<String, MediaItem> items = new HashMap<>();
  private final Set<String> damaged = new HashSet<>();
  private long bytesStored;
  private long bytesUploading;
  private int uploads;

  Stock(MediaLimits limits) {
    this.limits = limits;
  }

  /** Whether one more upload can begin; each that did ends with {@link #end}. */
  synchronized boolean begin() {
    if (uploads >= limits.uploadsMax()) {
      return false;
    }
    uploads++;
    return true;
  }

  synchronized void end() {
    uploads--;
  }

  synchronized boolean hasRoom(long bytes) {
    return bytes <= limits.totalBytesMax() - bytesStored - bytesUploading;
  }

  /** Books bytes of an upload, if they find room. */
  synchronized boolean reserve(long bytes) {
    if (!hasRoom(bytes)) {
      return false;
    }
    bytesUploading += bytes;
    return true;
  }

  synchronized void release(long bytes) {
    bytesUploading -= bytes;
  }

  synchronized Optional<MediaItem> get(String id) {
    return Optional.ofNullable(items.get(id));
  }

  synchronized int count() {
    return items.size();
  }

  /** Books an item, in place of what was known of its id. */
  synchronized void put(String id, MediaItem item) {
    remove(id);
    items.put(id, item);
    bytesStored += item.sizeBytes();
  }

  synchronized void remove(String id) {
    damaged.remove(id);
    MediaItem old = items.remove(id);
    if (old != null) {
      bytesStored -= old.sizeBytes();
    }
  }

  /** Notes that an id cannot be read; false when that was known. */
  synchronized boolean damage(String id) {
    boolean known = damaged.contains(id);
    remove(id);
    damaged.add(id);
    return !known;
  }

  /** The ids of the items that can be forgotten at that time. */
  synchronized List<String> expired(long epochMillis) {
    return items.entrySet().stream()
        .filter(entry -> entry.getValue().isExpired(epochMillis))
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized Set<String> damaged() {
    return Set.copyOf(damaged);
  }

  /** Every id that is known, damaged ones included. */
  synchronized Set<String> ids() {
    Set<String> ids = new HashSet<>(items.keySet());
    ids.addAll(damaged);
    return ids;
  }

  synchronized MediaStatus status() {
    return new MediaStatus(items.size(), bytesStored, uploads, bytesUploading, damaged.size());
  }
}
