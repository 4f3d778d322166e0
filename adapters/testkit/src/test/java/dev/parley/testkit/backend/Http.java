package dev.parley.testkit.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The JDK's client, so that the fakes are not checked with the library they are made of. */
public final class Http implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> post(URI uri, String json, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(uri, json, headers), BodyHandlers.ofString());
  }

  public CompletableFuture<HttpResponse<String>> postAsync(URI uri, String json) {
    return client.sendAsync(request(uri, json), BodyHandlers.ofString());
  }

  public HttpResponse<byte[]> postForBytes(URI uri, String json)
      throws IOException, InterruptedException {
    return client.send(request(uri, json), BodyHandlers.ofByteArray());
  }

  public JsonNode postJson(URI uri, String json) throws IOException, InterruptedException {
    return Json.read(post(uri, json).body().getBytes(UTF_8));
  }

  /** The JSON events of a stream, the end mark left out. */
  public List<JsonNode> events(URI uri, String json) throws IOException, InterruptedException {
    return events(post(uri, json).body());
  }

  /** Reads `data:` lines. */
  public static List<JsonNode> events(String body) {
    var events = new ArrayList<JsonNode>();
    for (var line : body.lines().toList()) {
      if (line.startsWith("data: ") && !line.equals("data: [DONE]")) {
        events.add(Json.read(line.substring(6).getBytes(UTF_8)));
      }
    }
    return events;
  }

  /** A path below a fake's base URI. */
  public static URI at(FakeBackend fake, String path) {
    return URI.create(fake.baseUri() + path);
  }

  private static HttpRequest request(URI uri, String json, String... headers) {
    var request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(json));
    request.header("content-type", "application/json");
    for (var i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
