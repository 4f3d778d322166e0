package dev.parley.adapters.chatterbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.contract.Calls;
import dev.parley.adapters.contract.SpeechCalls;
import dev.parley.adapters.http.HttpTransport;
import dev.parley.adapters.sound.Heard;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendStatus;
import dev.parley.testkit.backend.Gate;
import dev.parley.testkit.chatterbox.FakeChatterbox;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that answers nobody while it speaks, asked by somebody who does not wait for long. */
class BusyServerTest {

  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  private final FakeChatterbox server = new FakeChatterbox();
  private final Gate gate = new Gate();
  private ChatterboxBackend backend;

  @BeforeEach
  void open() {
    server.start();
    BackendSpec spec;
    try (Backend usual = Calls.open("chatterbox", server.baseUri())) {
      spec = usual.spec();
    }
    backend = new ChatterboxBackend(new HttpTransport(LOOPS).open(spec), Duration.ofMillis(300));
    // The usual voice is known from now on, so that a call is one request.
    backend.models().join();
    server.speakingUntil(gate);
  }

  @AfterEach
  void close() {
    gate.release();
    backend.close();
    server.close();
  }

  @AfterAll
  static void stop() {
    var _ = LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Test
  void isBusyAndNotDownWhileItSpeaks() throws Exception {
    Target target = new Target("under-test", "chatterbox-turbo");
    Heard heard =
        Heard.some(backend.speak(SpeechCalls.say("Hello.").call(), target), Long.MAX_VALUE);
    server.awaitRequest("/tts", Duration.ofSeconds(5));
    assertThat(backend.probe().join())
        .isInstanceOfSatisfying(
            BackendStatus.Healthy.class, busy -> assertThat(busy.detail()).startsWith("busy"));
    gate.release();
    heard.until(heard::completed);
    assertThat(heard.sound()).isNotEmpty();
  }

  @Test
  void isDownWhenItIsSilentAndHasNothingToSay() {
    assertThat(backend.probe().join()).isInstanceOf(BackendStatus.Down.class);
  }
}
