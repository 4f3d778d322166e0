package dev.parley.hub.registry;

import static dev.parley.hub.fake.Fakes.config;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.hub.fake.FakeType;
import dev.parley.hub.resilience.TargetState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BreakerWatchTest {

  private final Registry registry = new Registry(List.of(new FakeType("fake")));
  private final BreakerWatch watch = new BreakerWatch();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger log = (Logger) LoggerFactory.getLogger(BreakerWatch.class);

  @BeforeEach
  void listens() {
    lines.start();
    log.addAppender(lines);
    registry.apply(
        config(
            "backends: [{id: a, type: fake, base_url: 'http://a/v1', models: [{id: m}], breaker:"
                + " {failures: 2, cool_down: 1s, ramp: 0s}}]"));
  }

  @AfterEach
  void leaves() {
    log.detachAppender(lines);
    registry.close();
  }

  @Test
  void tellsOnceThatATargetIsLeftAloneAndOnceThatItWorksAgain() {
    TargetState target = registry.snapshot().backends().getFirst().state().target("m");
    look(0);
    target.failed(1, target.admit(1));
    target.failed(2, target.admit(2));
    look(3);
    look(4);
    long later = Duration.ofSeconds(2).toNanos();
    target.succeeded(later, target.admit(later), 1);
    look(later + 1);
    look(later + 2);
    assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage))
        .containsExactly(
            "target a/m fails and is left alone: 2 of its last 2 calls failed",
            "target a/m works again");
  }

  private void look(long now) {
    watch.look(registry.snapshot(), now);
  }
}
