package dev.parley.hub.fake;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.Verification;
import dev.parley.hub.speakers.SpeakerOrder;
import dev.parley.hub.speakers.Speakers;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** Stands where nobody asks about speakers. */
public final class NoSpeakers implements Speakers {

  @Override
  public Asked<Diarization> diarize(
      SpeakerOrder.Diarize order, ScheduledExecutorService loop, Duration patience) {
    throw new HubException(new HubError.NotConfigured("diarization"));
  }

  @Override
  public Asked<Verification> verify(
      SpeakerOrder.Verify order, ScheduledExecutorService loop, Duration patience) {
    throw new HubException(new HubError.NotConfigured("speaker verification"));
  }
}
