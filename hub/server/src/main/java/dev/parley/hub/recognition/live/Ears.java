package dev.parley.hub.recognition.live;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.audio.TurnDetection;
import dev.parley.hub.media.LiveSound;
import dev.parley.hub.media.SampleListener;
import java.util.concurrent.CompletableFuture;

/** What decodes live sound and finds speech in it. */
@FunctionalInterface
public interface Ears {

  /**
   * Opens a stream.
   *
   * @param format what the bytes will be; recognised from them when nothing is said
   * @throws dev.parley.core.error.HubException when there is no room for another one
   */
  CompletableFuture<LiveSound> open(
      AudioFormat format, TurnDetection turns, SampleListener listener);
}
