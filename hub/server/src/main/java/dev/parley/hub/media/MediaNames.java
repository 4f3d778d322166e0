package dev.parley.hub.media;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.hub.media.store.StoredFormat;

/** Formats and names as the store keeps and shows them. */
final class MediaNames {

  private MediaNames() {}

  static AudioFormat format(StoredFormat stored) {
    return new AudioFormat(
        AudioEncoding.byName(stored.encoding()),
        stored.sampleRateHz(),
        stored.channels(),
        stored.bitRateBps());
  }

  static StoredFormat stored(AudioFormat format) {
    return new StoredFormat(
        format.encoding().map(AudioEncoding::wireName).orElse(""),
        format.sampleRateHz(),
        format.channels(),
        format.bitRateBps());
  }
}
