package dev.parley.it;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A plain HTTP/1.1 caller that sends exactly the bytes it is given. */
final class Http {

  static final String CHAT = "/v1/chat/completions";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HubUnderTest hub;

  Http(HubUnderTest hub) {
    this.hub = hub;
  }

  /** Headers are names and values in turn. */
  Reply post(String path, String json, String... headers) {
    return post(path, json.getBytes(StandardCharsets.UTF_8), headers);
  }

  Reply post(String path, byte[] body, String... headers) {
    return send(path, "POST", BodyPublishers.ofByteArray(body), headers);
  }

  Reply get(String path, String... headers) {
    return send(path, "GET", BodyPublishers.noBody(), headers);
  }

  Reply send(String path, String method, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.at(path)).timeout(PATIENCE).method(method, body);
    if (method.equals("POST")) {
      request.header("content-type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      return Reply.of(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new AssertionError("the answer of " + path + " broke off", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A chat call of one user message; {@code more} is added to the document as it stands. */
  Reply chat(String text, String more) {
    return post(CHAT, chatBody("gpt-4o-mini", text, more));
  }

  Reply stream(String text, String more) {
    return chat(text, ",\"stream\":true" + more);
  }

  static String chatBody(String model, String text, String more) {
    return "{\"model\":\""
        + model
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + text
        + "\"}]"
        + more
        + "}";
  }
}
