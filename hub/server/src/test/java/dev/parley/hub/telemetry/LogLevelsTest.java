package dev.parley.hub.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogLevelsTest {

  private static final String NAME = "dev.parley.hub.telemetry.LogLevelsTest.below";

  private final Logger logger = (Logger) LoggerFactory.getLogger(NAME);

  @Test
  void setsLevelsAndGivesTheOldOnesBack() {
    Level before = logger.getEffectiveLevel();
    try (LogLevels levels = new LogLevels()) {
      levels.apply(Map.of(NAME, "trace"));
      assertThat(logger.isTraceEnabled()).isTrue();
      levels.apply(Map.of(NAME, "off"));
      assertThat(logger.isErrorEnabled()).isFalse();
      levels.apply(Map.of());
      assertThat(logger.getLevel()).isNull();
      assertThat(logger.getEffectiveLevel()).isEqualTo(before);
    }
  }

  @Test
  void closingGivesThemBack() {
    logger.setLevel(Level.WARN);
    try (LogLevels levels = new LogLevels()) {
      levels.apply(Map.of(NAME, "debug"));
      assertThat(logger.isDebugEnabled()).isTrue();
    }
    assertThat(logger.getLevel()).isEqualTo(Level.WARN);
    logger.setLevel(null);
  }
}
