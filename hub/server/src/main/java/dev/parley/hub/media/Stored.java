package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
import dev.parley.hub.media.store.MediaItem;
import java.time.Instant;

/**
 * An upload that is kept.
 *
 * @param name {@code media/{id}}: what stands for it wherever sound is taken
 * @param format what it is, declared or recognised; unstated when nobody knows
 * @param seconds its length; 0 when that is not known
 * @param sha256 of its bytes, in lower-case hexadecimal digits
 * @param expireTime when it is deleted
 */
public record Stored(
    String name,
    AudioFormat format,
    long sizeBytes,
    double seconds,
    String sha256,
    Instant expireTime) {

  static Stored of(MediaItem item) {
    return new Stored(
        item.name(),
        MediaNames.format(item.format()),
        item.sizeBytes(),
        item.durationSeconds(),
        item.sha256(),
        item.expireTime());
  }
}
