package dev.parley.hub.media;

import java.util.concurrent.CompletableFuture;

/**
 * Given, besides moments of speech, the very samples in which they are looked for: 16,000 a second
 * of one channel, whatever came in. Told on threads that must not be kept; samples and all else may
 * come at the same time, and no sample is decided about before it was given.
 */
public interface SampleListener extends SpeechListener {

  /**
   * The next samples, which belong to the listener.
   *
   * @return completes when the next ones may follow, at once while there is room
   */
  CompletableFuture<Void> samples(short[] samples);

  /**
   * It is decided how probable speech is in the next chunk; moments that this makes known were told
   * before.
   *
   * @param until where the chunk ends, in samples from the first one; behind the end of the stream
   *     when that is within the chunk
   * @param probability of speech, 0..1
   */
  void decided(long until, float probability);
}
