package dev.parley.hub.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sets how much loggers tell, and gives those their own level back that are set no more. Loggers
 * are the same for the whole process. Thread-safe; at once in effect.
 */
public final class LogLevels implements AutoCloseable {

  /** What a logger had before; its level is null where it takes that of the one above. */
  private record Before(Logger logger, @Nullable Level level) {}

  private final Map<String, Before> changed = new HashMap<>();

  /** Puts these levels in effect, by the name of the logger, and no others of an earlier time. */
  public synchronized void apply(Map<String, String> levels) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers)) {
      return;
    }
    changed
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !levels.containsKey(entry.getKey());
          if (gone) {
            entry.getValue().logger.setLevel(entry.getValue().level);
          }
          return gone;
        });
    levels.forEach((name, level) -> {
      Logger logger = loggers.getLogger(name);
      changed.putIfAbsent(name, new Before(logger, logger.getLevel()));
      logger.setLevel(Level.toLevel(level));
    });
  }

  /** Gives all of them their own level back. */
  @Override
  public void close() {
    apply(Map.of());
  }
}
