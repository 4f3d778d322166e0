package dev.parley.hub.speakers;

import dev.parley.core.model.Capability;
import dev.parley.hub.config.TimeoutsConfig;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.resilience.TimeLimits;
import java.time.Duration;

/** How long a question about a sound may take: the longer the sound, the longer. Pure. */
final class SpeakerTime {

  private static final Duration AT_LEAST = Duration.ofSeconds(60);
  private static final double SECONDS_PER_SECOND = 2;

  private SpeakerTime() {}

  /**
   * What the operator said holds. Else the answer comes at its end, so that nothing but the whole
   * is limited: whoever runs out of it has no time left to ask again.
   */
  static TimeLimits limits(RegisteredBackend backend, Capability capability, double seconds) {
    return limits(
        backend.limits(capability, false),
        backend.config().timeouts(),
        seconds,
        backend.config().limits().queueWait().isPresent());
  }

  static TimeLimits limits(
      TimeLimits usual, TimeoutsConfig said, double seconds, boolean queueWaitSaid) {
    if (said.total().isPresent()) {
      return usual;
    }
    Duration needed =
        AT_LEAST.plus(Duration.ofMillis((long) (seconds * SECONDS_PER_SECOND * 1_000)));
    Duration total = needed.compareTo(usual.total()) > 0 ? needed : usual.total();
    Duration firstByte = said.firstByte().orElse(total);
    return new TimeLimits(
        queueWaitSaid ? usual.queue() : total,
        said.headers().orElse(firstByte),
        firstByte,
        usual.idle(),
        total);
  }
}
