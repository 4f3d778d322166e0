package dev.parley.hub.speakers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.config.TimeoutsConfig;
import dev.parley.hub.resilience.TimeLimits;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpeakerTimeTest {

  private static final Duration USUAL = Duration.ofMinutes(2);
  private static final TimeLimits LIMITS =
      new TimeLimits(USUAL, USUAL, USUAL, Duration.ofSeconds(60), USUAL);

  private static TimeoutsConfig said(Optional<Duration> headers, Optional<Duration> total) {
    var unsaid = TimeoutsConfig.DEFAULT;
    return new TimeoutsConfig(
        unsaid.connect(), unsaid.write(), headers, Optional.empty(), unsaid.idle(), total);
  }

  @Test
  void theLongerTheSoundTheLongerItMayTake() {
    var limits = SpeakerTime.limits(LIMITS, TimeoutsConfig.DEFAULT, 3_600, false);
    assertThat(limits.total()).isEqualTo(Duration.ofMinutes(121));
    assertThat(limits.headers()).isEqualTo(limits.total());
    assertThat(limits.firstByte()).isEqualTo(limits.total());
    assertThat(limits.queue()).isEqualTo(limits.total());
    assertThat(SpeakerTime.limits(LIMITS, TimeoutsConfig.DEFAULT, 3_600, true).queue())
        .isEqualTo(USUAL);
  }

  @Test
  void shortSoundsHaveTheUsualTime() {
    assertThat(SpeakerTime.limits(LIMITS, TimeoutsConfig.DEFAULT, 10, false)).isEqualTo(LIMITS);
  }

  @Test
  void whatTheOperatorSaidHolds() {
    assertThat(SpeakerTime.limits(LIMITS, said(Optional.empty(), Optional.of(USUAL)), 3_600, false))
        .isEqualTo(LIMITS);
    var headers = Duration.ofSeconds(5);
    assertThat(
            SpeakerTime.limits(LIMITS, said(Optional.of(headers), Optional.empty()), 3_600, false)
                .headers())
        .isEqualTo(headers);
  }
}
