package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Gate;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.openai.FakeOpenAi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A caller who leaves takes the backend's work with him, in every phase of a call. The aim is 100
 * ms; what is asserted leaves room for a busy machine, and the measured times are printed.
 */
final class CancellationTest {

  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<Long> MICROS = new ArrayList<>();

  private static final FakeOpenAi openai = new FakeOpenAi();

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              Configs.OPENAI
                  + """
                      limits: { concurrency: 2, queue: 1 }
                      timeouts: { total: 60s }
                  """)
          .behind("OPENAI", openai);

  /** Where the call is when its caller leaves. */
  enum Phase {
    WAITING_FOR_HEADERS,
    AFTER_HEADERS,
    AMID_THE_BODY
  }

  static Stream<Arguments> cases() {
    return Stream.of(Caller.Way.values())
        .flatMap(way ->
            Stream.of(Phase.values())
                .flatMap(phase ->
                    Stream.of(true, false).map(stream -> Arguments.of(way, phase, stream))));
  }

  @BeforeEach
  void forget() {
    openai.forgetRequests();
  }

  @AfterAll
  static void tell() {
    MICROS.sort(null);
    System.out.println(
        "cancellation reached the backend after us: median "
            + MICROS.get(MICROS.size() / 2)
            + ", slowest "
            + MICROS.getLast()
            + " of "
            + MICROS.size());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reachesTheBackend(Caller.Way way, Phase phase, boolean stream) throws Exception {
    Gate gate = new Gate();
    openai.enqueue(
        switch (phase) {
          case WAITING_FOR_HEADERS -> Behaviour.usual().gatedBeforeHeaders(gate);
          case AFTER_HEADERS -> Behaviour.usual().cutInto(100).gatedAfter(0, gate);
          case AMID_THE_BODY -> Behaviour.usual().cutInto(100).gatedAfter(3, gate);
        });
    try (Caller caller = way.caller(hub)) {
      caller.call(body(stream));
      assertThat(gate.awaitReached(PATIENCE)).isTrue();
      RecordedRequest request = openai.awaitRequest(Http.CHAT, PATIENCE);
      long leaving = System.nanoTime();
      caller.leave();
      assertThat(request.awaitCancelled(PATIENCE)).isTrue();
      long nanos = request.cancelledNanos().orElseThrow() - leaving;
      MICROS.add(nanos / 1_000);
      assertThat(Duration.ofNanos(nanos)).isLessThan(LIMIT);
    } finally {
      gate.release();
    }
  }

  @ParameterizedTest
  @EnumSource
  void freesThePlaceInTheQueue(Caller.Way way) throws Exception {
    openai.enqueue(Behaviour.hang());
    openai.enqueue(Behaviour.hang());
    List<Caller> running = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        Caller caller = Caller.Way.HTTP1_CLOSE.caller(hub);
        running.add(caller);
        caller.call(body(true));
      }
      openai.awaitRequest(Http.CHAT, 2, PATIENCE);
      try (Caller waiting = way.caller(hub)) {
        waiting.call(body(false));
        queued(1);
        waiting.leave();
        queued(0);
      }
    } finally {
      running.forEach(Caller::close);
    }
    hub.holdsNothing();
    assertThat(openai.requests(Http.CHAT)).as("calls that reached the backend").hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void endsAnUpload(Caller.Way way) throws Exception {
    try (Caller caller = way.caller(hub)) {
      caller.callHalf(body(true));
      caller.leave();
    }
    assertThat(new Http(hub).chat("still there", "").status()).isEqualTo(200);
    assertThat(openai.requests(Http.CHAT)).hasSize(1);
  }

  @Test
  void refusesWhatFindsTheQueueFull() throws Exception {
    openai.enqueue(Behaviour.hang());
    openai.enqueue(Behaviour.hang());
    List<Caller> others = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        Caller caller = Caller.Way.HTTP1_CLOSE.caller(hub);
        others.add(caller);
        caller.call(body(false));
        if (i < 2) {
          openai.awaitRequest(Http.CHAT, i + 1, PATIENCE);
        }
      }
      queued(1);
      for (String more : List.of("", ",\"stream\":true")) {
        Reply reply = new Http(hub).chat("one too many", more);
        assertThat(reply.error(503).path("code").asText()).isEqualTo("overloaded");
        assertThat(reply.header("retry-after")).contains("1");
      }
    } finally {
      others.forEach(Caller::close);
    }
  }

  @Test
  void theNextInTheQueueIsServedWhenSomebodyLeaves() throws Exception {
    openai.enqueue(Behaviour.hang());
    openai.enqueue(Behaviour.hang());
    try (Caller first = Caller.Way.HTTP1_CLOSE.caller(hub);
        Caller second = Caller.Way.HTTP2_RESET_STREAM.caller(hub);
        RawConnection third = new RawConnection(hub)) {
      first.call(body(true));
      second.call(body(true));
      openai.awaitRequest(Http.CHAT, 2, PATIENCE);
      third.post(Http.CHAT, body(false));
      queued(1);
      second.leave();
      assertThat(third.until("You said")).contains("200");
    }
  }

  private static void queued(int count) {
    Waiting.untilTrue(
        count + " in the queue",
        PATIENCE,
        () -> hub.backend("openai").bulkhead().queued() == count);
  }

  private static String body(boolean stream) {
    return Http.chatBody("gpt-4o-mini", "one two three four five", ",\"stream\":" + stream);
  }
}
