package dev.parley.hub.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.hub.fake.Events;
import dev.parley.hub.fake.FakeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CallLogTest {

  private final FakeLoop clock = new FakeLoop();
  private final CallLog log = new CallLog(clock);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("parley.calls");

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  void tellsTheAgreedKeysAndNothingElse() {
    CallRecord record =
        new CallRecord(new CallFacts("r", "chat", "m", true, Caller.ANYONE), clock.nanoTime());
    record.attempt(new Target("b", "m1"), clock.nanoTime());
    clock.advance(Duration.ofMillis(7));
    record.firstByte(clock.nanoTime());
    record.events(3);
    record.usage(new TokenUsage(1, 2, 3, -1, -1, -1, -1));
    clock.advance(Duration.ofMillis(5));
    log.ended(record, "ok");
    assertThat(keys(line()))
        .containsExactly(
            "time",
            "request_id",
            "call",
            "model",
            "stream",
            "backend",
            "backend_model",
            "attempts",
            "outcome",
            "ms",
            "first_byte_ms",
            "before_send_us",
            "events",
            "prompt_tokens",
            "completion_tokens",
            "total_tokens");
    assertThat(line().raw()).contains("\"ms\":12", "\"first_byte_ms\":7", "\"outcome\":\"ok\"");
  }

  @Test
  void escapesAndBoundsWhatTheCallerControls() {
    String name = "m\n{\"forged\":1}\u001b[31m" + "x".repeat(10_000);
    CallRecord record =
        new CallRecord(new CallFacts("r", "chat", name, false, Caller.ANYONE), clock.nanoTime());
    log.ended(record, "not_found");
    String text = lines.list.getFirst().getFormattedMessage();
    assertThat(text.chars()).allMatch(c -> c >= ' ');
    assertThat(text.length()).isLessThan(600);
    assertThat(line().get("forged")).isNull();
  }

  @Test
  void tellsWhyARequestNeverBecameACall() {
    log.refused("r", "chat", "TOO_LARGE");
    assertThat(keys(line())).containsExactly("time", "request_id", "call", "outcome");
  }

  private JsonValue line() {
    return Events.json(lines.list.getFirst().getFormattedMessage());
  }

  private static List<String> keys(JsonValue line) {
    List<String> keys = new ArrayList<>();
    line.object().forEach(member -> keys.add(member.name()));
    return keys;
  }
}
