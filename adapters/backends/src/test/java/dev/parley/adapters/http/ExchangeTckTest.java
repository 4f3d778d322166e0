package dev.parley.adapters.http;

import dev.parley.adapters.contract.Calls;
import dev.parley.core.json.Json;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.Credentials;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.openai.FakeOpenAi;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;

/** An exchange keeps the rules of reactive streams, as their own test kit understands them. */
class ExchangeTckTest {

  private static final AtomicInteger EXCHANGES = new AtomicInteger();
  private static final FakeOpenAi FAKE = new FakeOpenAi();
  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

  private static @Nullable BackendClient client;

  @BeforeAll
  static void start() {
    FAKE.start();
    BackendSpec spec =
        new BackendSpec(
            "b",
            "openai",
            FAKE.baseUri(),
            new Credentials.None(),
            Map.of(),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            1 << 20,
            List.of(),
            Map.of());
    client = new HttpTransport(LOOPS).open(spec);
  }

  private static BackendClient client() {
    return Objects.requireNonNull(client);
  }

  @AfterAll
  static void stop() {
    client().close();
    FAKE.close();
    var _ = LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** The kit's tests are TestNG's; each is run as one of ours. */
  @TestFactory
  Stream<DynamicTest> rules() {
    return Arrays.stream(FlowPublisherVerification.class.getMethods())
        .filter(method -> method.getName().matches("(required|stochastic)_.*"))
        .map(method -> DynamicTest.dynamicTest(method.getName(), () -> check(method)));
  }

  private static void check(Method method) throws Throwable {
    Verification verification = new Verification();
    verification.setUp();
    try {
      method.invoke(verification);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof SkipException skipped
          ? new TestAbortedException(skipped.getMessage())
          : e.getCause();
    }
  }

  /** Gives an event for each byte of the answer; the answer's head is the first event. */
  private static final class Bytes implements DocumentReader {
    @Override
    public void read(byte[] bytes, int from, int to, Sink<DocumentEvent> sink) {
      for (int i = from; i < to; i++) {
        sink.event(new DocumentEvent.Whole(Json.NULL, null));
      }
    }

    @Override
    public void end(Sink<DocumentEvent> sink) {
      sink.complete();
    }
  }

  private static final class Verification extends FlowPublisherVerification<DocumentEvent> {

    private static final int ELEMENTS_MAX = 2_000;

    Verification() {
      super(new TestEnvironment(1_000, 50));
    }

    @Override
    public long maxElementsFromPublisher() {
      return ELEMENTS_MAX;
    }

    @Override
    public Flow.Publisher<DocumentEvent> createFlowPublisher(long elements) {
      if (elements == 0) {
        throw new SkipException("an exchange that ends well has its head at least");
      }
      return exchange(Behaviour.status(200, Map.of(), "x".repeat((int) elements - 1)));
    }

    @Override
    public Flow.Publisher<DocumentEvent> createFailedFlowPublisher() {
      return exchange(Behaviour.status(500, "{}"));
    }

    private static Flow.Publisher<DocumentEvent> exchange(Behaviour answer) {
      // A path of its own, as the kit drops some exchanges before they are sent.
      String path = "/v1/exchange/" + EXCHANGES.incrementAndGet();
      FAKE.enqueueFor(path, answer);
      DocumentCall call = Calls.chat("hi", false, "");
      return client().exchange(call, new Target("b", "m"), path, call::document, Bytes::new);
    }
  }
}
