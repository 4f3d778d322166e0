package dev.parley.hub.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code breaker} of a backend. */
final class BreakerReader {

  private static final List<String> KEYS =
      List.of(
          "failures",
          "error_percent",
          "window",
          "calls_min",
          "cool_down",
          "cool_down_max",
          "probes",
          "ramp");
  private static final BreakerConfig UNSET = BreakerConfig.DEFAULT;

  private BreakerReader() {}

  /** A breaker of which something is wrong is read as the usual one; the file is refused then. */
  static BreakerConfig read(Reading reading, YamlMap backend) {
    return backend.map("breaker", KEYS).map(keys -> breaker(reading, keys)).orElse(UNSET);
  }

  private static BreakerConfig breaker(Reading reading, YamlMap keys) {
    Optional<Duration> coolDown =
        keys.effective("cool_down", BreakerConfig.COOL_DOWN_RANGE, UNSET.coolDown());
    Optional<Duration> coolDownMax =
        keys.effective("cool_down_max", BreakerConfig.COOL_DOWN_RANGE, UNSET.coolDownMax());
    boolean ordered =
        new KeyOrder(reading, keys, "cool_down", "cool_down_max")
            .holds(coolDown, coolDownMax, DurationText::format);
    return new BreakerConfig(
        keys.whole("failures", BreakerConfig.FAILURES_RANGE, UNSET.failures()),
        keys.whole("error_percent", BreakerConfig.ERROR_PERCENT_RANGE, UNSET.errorPercent()),
        keys.duration("window", BreakerConfig.WINDOW_RANGE, UNSET.window()),
        keys.whole("calls_min", BreakerConfig.CALLS_MIN_RANGE, UNSET.callsMin()),
        ordered ? coolDown.orElseThrow() : UNSET.coolDown(),
        ordered ? coolDownMax.orElseThrow() : UNSET.coolDownMax(),
        keys.whole("probes", BreakerConfig.PROBES_RANGE, UNSET.probes()),
        keys.duration("ramp", BreakerConfig.RAMP_RANGE, UNSET.ramp()));
  }
}
