package dev.parley.hub.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.adapters.BackendTypes;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigReader;
import dev.parley.hub.config.HubConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Starts a hub in front of a make-believe backend, calls it a few times and stops. The launcher
 * lets the virtual machine watch this once, to make later starts fast.
 */
final class RehearseCommand implements Command {

  private static final String REPLY =
      """
      {"id":"r","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
      "message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\
      """;
  private static final String STREAM =
      """
      data: {"id":"r","object":"chat.completion.chunk","created":1,"model":"m",\
      "choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}

      data: [DONE]

      """;
  private static final String MODELS =
      """
      {"object":"list","data":[{"id":"m","object":"model","created":1,"owned_by":"rehearsal"}]}\
      """;

  @Override
  public String name() {
    return "rehearse";
  }

  @Override
  public String summary() {
    return "start, answer a few calls of its own, and stop";
  }

  @Override
  public String lesson() {
    return "The launcher uses this to make later starts fast.\n";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public boolean isListed() {
    return false;
  }

  @Override
  public int run(Arguments arguments, Shell shell) throws ConfigException, InterruptedException {
    try {
      HttpServer backend = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
      backend.createContext("/", RehearseCommand::answer);
      backend.start();
      try (ScratchFolder scratch = ScratchFolder.make();
          Hub hub =
              new Hub(
                  config(backend.getAddress().getPort()),
                  Places.in(scratch.path()),
                  shell.clock())) {
        hub.start().join();
        call(hub.port());
      } finally {
        backend.stop(0);
      }
      return Exit.FINE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HubConfig config(int port) throws ConfigException {
    String text =
        "server: { port: 0, drain_timeout: 1s }\nbackends: [{ id: b, type: openai, base_url: \"http://127.0.0.1:"
            + port
            + "\" }]\n";
    return ConfigReader.parse(text, "rehearsal", BackendTypes.NAMES, _ -> null);
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean stream = asked.contains("\"stream\":true");
    String text = path.endsWith("/models") ? MODELS : stream ? STREAM : REPLY;
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("content-type", stream ? "text/event-stream" : "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void call(int port) throws IOException, InterruptedException {
    for (HttpClient.Version version : HttpClient.Version.values()) {
      try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
        send(client, port, "/v1/models", "");
        send(client, port, "/health", "");
        for (String stream : List.of("false", "true")) {
          String body =
              "{\"model\":\"m\",\"stream\":"
                  + stream
                  + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
          send(client, port, "/v1/chat/completions", body);
        }
      }
    }
  }

  private static void send(HttpClient client, int port, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .header("content-type", "application/json");
    if (!body.isEmpty()) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    int status = client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    if (status != 200) {
      throw new IOException(path + " answered " + status);
    }
  }
}
