package dev.parley.hub.app;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A chat whose answer is under way while a test does something else. */
final class SlowChat {

  private SlowChat() {}

  /** A backend that sends one delta, and the rest when it may. */
  static HttpServer backend(CountDownLatch goOn) throws IOException {
    HttpServer backend =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    backend.createContext(
        "/v1/chat/completions",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("content-type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(delta("first", "null"));
            out.flush();
            goOn.await();
            out.write(delta("last", "\"stop\""));
            out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    backend.start();
    return backend;
  }

  private static byte[] delta(String text, String finish) {
    String json =
        """
        data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m",\
        "choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":%s}]}

        """
            .formatted(text, finish);
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Asks a hub for it.
   *
   * @param hub its address, without a path
   */
  static HttpResponse<Stream<String>> ask(HttpClient client, String hub)
      throws IOException, InterruptedException {
    String body =
        "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    return client.send(
        HttpRequest.newBuilder(URI.create(hub + "/v1/chat/completions"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofLines());
  }
}
