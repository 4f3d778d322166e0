package dev.parley.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactoryBuilder;
import dev.parley.adapters.contract.Calls;
import dev.parley.adapters.contract.Recorder;
import dev.parley.adapters.dialect.DialectBackend;
import dev.parley.adapters.dialect.Quirks;
import dev.parley.core.error.HubError;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.Credentials;
import dev.parley.testkit.fault.H2Fault;
import dev.parley.testkit.fault.H2FaultServer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What HTTP/2 says of a call that failed; it is spoken to https backends that offer it. */
class H2FaultTest {

  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private static final String EVENTS =
      """
      data: {"choices":[{"index":0,"delta":{"content":"hel"}}]}

      data: {"choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":"stop"}]}

      data: [DONE]

      """;

  @AfterAll
  static void stop() {
    var _ = LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static Backend open(H2FaultServer server) {
    BackendSpec spec =
        new BackendSpec(
            "b",
            "openai",
            server.baseUri(),
            new Credentials.None(),
            Map.of(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            1 << 20,
            List.of(),
            Map.of());
    HttpTransport trusting = new HttpTransport(LOOPS, ClientFactoryBuilder::tlsNoVerify);
    return new DialectBackend(trusting.open(spec), Quirks.none("openai"));
  }

  private static Recorder send(Backend backend, int bytes) {
    return Recorder.all(
        backend
            .chat()
            .orElseThrow()
            .chat(Calls.chat("x".repeat(bytes), true, ""), new Target("b", "m")));
  }

  @ParameterizedTest
  @CsvSource({
    "BEFORE_HEAD,REFUSED,NOBODY",
    "BEFORE_HEAD,GOAWAY_BELOW,NOBODY",
    "BEFORE_HEAD,CANCELLED,BACKEND",
    "BEFORE_HEAD,BROKEN,BACKEND",
    "BEFORE_HEAD,GOAWAY_AT,BACKEND",
    "BEFORE_HEAD,CLOSED,BACKEND",
    "IN_BODY,REFUSED,BACKEND",
    "IN_BODY,GOAWAY_BELOW,BACKEND",
    "IN_BODY,CANCELLED,BACKEND",
    "IN_BODY,BROKEN,BACKEND",
    "IN_BODY,GOAWAY_AT,BACKEND",
    "IN_BODY,CLOSED,BACKEND",
  })
  void tellsWhetherTheBackendSawTheCall(
      H2Fault.When when, H2Fault.What what, HubError.Reached reached) {
    try (H2FaultServer server = H2FaultServer.start(new H2Fault(when, what), EVENTS);
        Backend backend = open(server)) {
      for (int bytes : new int[] {10, 20_000}) {
        int before = server.streams();
        Recorder got = send(backend, bytes);
        assertThat(got.completed()).isFalse();
        assertThat(got.error())
            .isInstanceOfSatisfying(
                HubError.BackendFailed.class,
                error -> assertThat(error.reached()).isEqualTo(reached));
        assertThat(server.streams()).isEqualTo(before + 1);
      }
    }
  }

  @Test
  void aConnectionThatIsToEndStillDeliversItsAnswers() {
    H2Fault fault = new H2Fault(H2Fault.When.IN_BODY, H2Fault.What.GOAWAY_IN_ORDER);
    try (H2FaultServer server = H2FaultServer.start(fault, EVENTS);
        Backend backend = open(server)) {
      for (int i = 0; i < 3; i++) {
        Recorder got = send(backend, 10);
        assertThat(got.failure()).isNull();
        assertThat(got.joined("content")).isEqualTo("hello");
      }
    }
  }
}
