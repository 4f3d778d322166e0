package dev.parley.testkit.content;

import java.util.List;

/** What a fake recogniser understands of sound. May be asked from several threads. */
@FunctionalInterface
public interface Hearing {

  /**
   * The words in a WAV file, in order, with times from its beginning; none in what it knows nothing
   * about.
   */
  List<TimedWord> hear(byte[] wav);
}
