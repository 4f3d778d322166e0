package dev.parley.it;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.ClientRequestContextCaptor;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Someone who calls and goes away again without waiting for the answer. */
interface Caller extends AutoCloseable {

  /** Sends a whole chat call. */
  void call(String body);

  /** Sends the head and half of a chat call. */
  void callHalf(String body);

  /** Goes away. */
  void leave();

  @Override
  void close();

  /** The ways to go away that there are. */
  enum Way {
    HTTP1_CLOSE,
    HTTP1_RESET,
    HTTP2_RESET_STREAM,
    HTTP2_CLOSE_CONNECTION;

    Caller caller(HubUnderTest hub) throws IOException {
      return switch (this) {
        case HTTP1_CLOSE, HTTP1_RESET -> new Http1(new RawConnection(hub), this);
        case HTTP2_RESET_STREAM, HTTP2_CLOSE_CONNECTION -> new Http2(hub, this);
      };
    }
  }

  /** A socket. */
  record Http1(RawConnection connection, Way way) implements Caller {

    @Override
    public void call(String body) {
      io(() -> connection.post(Http.CHAT, body));
    }

    @Override
    public void callHalf(String body) {
      io(() ->
          connection.send(
              RawConnection.head(Http.CHAT, body.length()) + body.substring(0, body.length() / 2)));
    }

    @Override
    public void leave() {
      io(() -> {
        if (way == Way.HTTP1_RESET) {
          connection.reset();
        } else {
          connection.close();
        }
      });
    }

    @Override
    public void close() {
      io(connection::close);
    }

    private interface Step {
      void run() throws IOException;
    }

    private static void io(Step step) {
      try {
        step.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A client of HTTP/2 without TLS, with a connection of its own. */
  final class Http2 implements Caller {

    private final ClientFactory factory = ClientFactory.builder().build();
    private final WebClient client;
    private final Way way;
    private @Nullable ClientRequestContext ctx;
    private @Nullable HttpResponse response;

    Http2(HubUnderTest hub, Way way) {
      this.way = way;
      this.client =
          WebClient.builder("h2c://127.0.0.1:" + hub.port())
              .factory(factory)
              .responseTimeoutMillis(0)
              .maxResponseLength(0)
              .build();
      // The upgrade to HTTP/2 happens with the first request: not with the one that is abandoned.
      client.get("/healthz").aggregate().join();
    }

    @Override
    public void call(String body) {
      send(HttpRequest.of(head(), HttpData.ofUtf8(body)));
    }

    @Override
    public void callHalf(String body) {
      HttpRequestWriter request = HttpRequest.streaming(head());
      request.write(HttpData.ofUtf8(body.substring(0, body.length() / 2)));
      send(request);
    }

    private void send(HttpRequest request) {
      try (ClientRequestContextCaptor captor = Clients.newContextCaptor()) {
        HttpResponse sent = client.execute(request);
        response = sent;
        ctx = captor.get();
        var _ = sent.subscribe();
      }
    }

    private static RequestHeaders head() {
      return RequestHeaders.builder(HttpMethod.POST, Http.CHAT).contentType(MediaType.JSON).build();
    }

    @Override
    public void leave() {
      if (way == Way.HTTP2_RESET_STREAM) {
        Objects.requireNonNull(response).abort();
      } else {
        Channel channel =
            Objects.requireNonNull(ctx)
                .log()
                .whenAvailable(RequestLogProperty.SESSION)
                .join()
                .channel();
        // From the pipeline's head: no GOAWAY, no waiting for the stream, as when a process dies.
        Objects.requireNonNull(channel)
            .eventLoop()
            .execute(() -> channel.pipeline().firstContext().close());
      }
    }

    @Override
    public void close() {
      factory.close();
    }
  }
}
