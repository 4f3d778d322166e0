package dev.parley.hub.speakers;

import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.Verification;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** Tells speakers apart. Thread-safe. */
public interface Speakers {

  /**
   * An answer on its way.
   *
   * @param answer completes on the caller's event loop, exceptionally with a {@link
   *     dev.parley.core.error.HubException}; cancelling it stops all work
   * @param record what is known of the call
   */
  record Asked<T>(CompletableFuture<T> answer, CallRecord record) {}

  /**
   * Who spoke when; the turns of known speakers carry their names, the others are labelled as the
   * backend does. The length is that of the sound.
   *
   * @param loop the event loop of the caller's stream
   * @param patience how long the caller is willing to wait
   */
  Asked<Diarization> diarize(
      SpeakerOrder.Diarize order, ScheduledExecutorService loop, Duration patience);

  /** Whether two recordings are of one person; else as above. */
  Asked<Verification> verify(
      SpeakerOrder.Verify order, ScheduledExecutorService loop, Duration patience);
}
