package dev.parley.hub.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BrokenConnectionsTest {

  private static FilterReply decide(String logger, @Nullable Throwable thrown) {
    Logger from = (Logger) LoggerFactory.getLogger(logger);
    return new BrokenConnections()
        .decide(new LoggingEvent("", from, Level.WARN, "Unexpected exception", thrown, null));
  }

  @Test
  void saysNothingOfConnectionsThatBroke() {
    String client = "com.linecorp.armeria.client.AbstractHttpRequestHandler";
    assertThat(decide(client, new ChannelOutputShutdownException("Channel output shutdown")))
        .isEqualTo(FilterReply.DENY);
    assertThat(
            decide("com.linecorp.armeria.server.HttpServerHandler", new IOException("timed out")))
        .isEqualTo(FilterReply.DENY);
  }

  @Test
  void leavesFaultsAndOurOwnLines() {
    String server = "com.linecorp.armeria.server.HttpServerHandler";
    assertThat(decide(server, new IllegalStateException("a fault"))).isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide(server, null)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide("dev.parley.hub.usage.Ledger", new IOException("disk")))
        .isEqualTo(FilterReply.NEUTRAL);
  }
}
