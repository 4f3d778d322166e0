package dev.parley.it;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.hub.telemetry.BrokenConnections;
import dev.parley.testkit.backend.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Everything that was logged while it listens: one line a call, and the lines for people. */
final class Logs extends AppenderBase<ILoggingEvent> {

  private static final List<String> LOGGERS = List.of(Logger.ROOT_LOGGER_NAME, "parley.calls");

  private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
  private long looked;

  void listen() {
    start();
    LOGGERS.forEach(name -> logger(name).addAppender(this));
  }

  void leave() {
    LOGGERS.forEach(name -> logger(name).detachAppender(this));
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  /** The line of a call, which is written when the call has ended. */
  JsonNode call(String requestId) {
    return Waiting.until(
        "the log line of " + requestId, Duration.ofSeconds(5), () -> callNow(requestId));
  }

  private @Nullable JsonNode callNow(String requestId) {
    for (ILoggingEvent event : events) {
      if (event.getLoggerName().equals("parley.calls")) {
        JsonNode line = Json.read(event.getFormattedMessage().getBytes(StandardCharsets.UTF_8));
        if (line.path("request_id").asText().equals(requestId)) {
          return line;
        }
      }
    }
    return null;
  }

  /**
   * Faults of the hub, leaked buffers, which Netty reports the same way, and any stack trace, since
   * the last time that they were asked for: a fault fails one test, not all that share the hub.
   */
  List<String> newErrors() {
    List<ILoggingEvent> unseen = events.stream().skip(looked).toList();
    looked += unseen.size();
    return unseen.stream()
        .filter(event ->
            event.getLevel().isGreaterOrEqual(Level.ERROR) || event.getThrowableProxy() != null)
        .filter(event -> !isRefusedStub(event))
        .filter(event -> !BrokenConnections.isToldBy(event))
        .map(Logs::text)
        .toList();
  }

  /** What the client of a test says when the hub refuses a stream that the test still writes. */
  private static boolean isRefusedStub(ILoggingEvent event) {
    return event.getLoggerName().startsWith("com.linecorp.armeria.client.")
        && event.getThrowableProxy() != null
        && event.getThrowableProxy().getClassName().equals("io.grpc.StatusRuntimeException");
  }

  /** All of it. */
  List<String> lines() {
    return events.stream().map(Logs::text).toList();
  }

  private static String text(ILoggingEvent event) {
    return event.getThrowableProxy() == null
        ? event.getFormattedMessage()
        : event.getFormattedMessage()
            + " "
            + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
