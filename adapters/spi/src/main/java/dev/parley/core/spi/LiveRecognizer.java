package dev.parley.core.spi;

import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.LiveCall;
import dev.parley.core.recognition.Transcript;

/** The ability to write down speech while it is being said. */
public interface LiveRecognizer {

  /**
   * Opens a stretch of speech; connects at once and waits for nobody. What comes of it is told to
   * the listener, on threads of the adapter.
   */
  Stretch open(LiveCall call, Target target, Listener listener);

  /** The way in for the sound of one stretch. Thread-safe; nothing waits. */
  interface Stretch extends AutoCloseable {

    /**
     * The next samples, 16-bit little-endian integers of one channel at {@link
     * dev.parley.core.recognition.Clip#RATE_HZ}; copied before this returns.
     */
    void hear(byte[] pcm, int from, int length);

    /** No samples follow: what was said is wanted now. */
    void end();

    /** Nobody is interested any more; ends the backend's work. Harmless when repeated. */
    @Override
    void close();
  }

  /** Told what comes of a stretch, one call at a time, on threads that must not be kept. */
  interface Listener {

    /** More of the text, never changed later; appended as it is. */
    void heard(String more);

    /** All of it, after {@link Stretch#end}; the last call. */
    void written(Transcript transcript);

    /** Nothing more will come; the last call. */
    void failed(HubException failure);
  }
}
