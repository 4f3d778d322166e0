package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Gate;
import dev.parley.testkit.openai.FakeOpenAi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A caller who does not read stops the backend, and is not punished for it. */
final class SlowReaderTest {

  private static final int FRAMES = 20_000;
  private static final byte[] FRAME =
      ("data: "
              + StreamFramingTest.chunk("{\"content\":\"" + "x".repeat(8_000) + "\"}", "null")
              + "\n\n")
          .getBytes(StandardCharsets.UTF_8);

  private static final FakeOpenAi openai = new FakeOpenAi();

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              Configs.OPENAI
                  + """
                      timeouts: { first_byte: 5s, idle: 300ms, total: 60s }
                  """)
          .behind("OPENAI", openai);

  @Test
  void stopsTheBackendUntilItReadsOn() throws Exception {
    Gate halfway = new Gate();
    halfway.release();
    openai.enqueue(
        Behaviour.reply(
                new Answer(
                    200,
                    Map.of("content-type", "text/event-stream"),
                    Collections.nCopies(FRAMES, FRAME),
                    true))
            .gatedAfter(FRAMES / 4, halfway));
    try (RawConnection caller = new RawConnection(hub)) {
      caller.post(Http.CHAT, Http.chatBody("gpt-4o-mini", "hi", ",\"stream\":true")).until("data:");
      // A quarter of it, 40 MB, is far more than sockets and the hub may hold.
      assertThat(halfway.awaitReached(Duration.ofMillis(1_500)))
          .as("the backend sent on to a caller who does not read")
          .isFalse();
      assertThat(hub.backend("openai").bulkhead().running()).isEqualTo(1);
      long quarter = FRAME.length * (FRAMES / 4L);
      assertThat(caller.drain(quarter)).isGreaterThanOrEqualTo(quarter);
      assertThat(halfway.awaitReached(Duration.ofSeconds(10))).isTrue();
    }
  }
}
