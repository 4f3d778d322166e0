package dev.parley.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes calls over REST and reads answers to their last byte, also those that break off. */
record RestFace(HubUnderTest hub, Face face) {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String STREAM =
      ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";

  /** A body as it came, and whether HTTP says that this is all of it. */
  private record Body(String text, boolean complete) {}

  Outcome ask(Ask ask) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.at(Http.CHAT))
            .header("content-type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    Http.chatBody(ask.model(), ask.text(), face.streams() ? STREAM : "")));
    ask.headers().forEach(request::setHeader);
    try {
      HttpResponse<InputStream> response =
          CLIENT.send(request.build(), BodyHandlers.ofInputStream());
      Map<String, String> told = new LinkedHashMap<>();
      response.headers().map().forEach((name, values) -> told.put(name, values.getFirst()));
      return read(response.statusCode(), told, body(response.body()));
    } catch (IOException e) {
      throw new AssertionError("the hub gave no answer at all", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Body body(InputStream in) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (in) {
      for (int got; (got = in.read(buffer)) >= 0; ) {
        read.write(buffer, 0, got);
      }
      return new Body(read.toString(UTF_8), true);
    } catch (IOException e) {
      return new Body(read.toString(UTF_8), false);
    }
  }

  private Outcome read(int status, Map<String, String> told, Body body) {
    if (status != 200) {
      assertThat(body.complete()).as("an error ends in order: %s", body).isTrue();
      return failed(new Said(), status, told, json(body.text()).path("error"));
    }
    return face.streams() ? streamed(told, body) : whole(told, body);
  }

  private Outcome whole(Map<String, String> told, Body body) {
    assertThat(body.complete()).as("the answer ends in order: %s", body).isTrue();
    JsonNode root = json(body.text());
    Said said = new Said();
    said.add(root, "message");
    return said.outcome(face, told, null);
  }

  private Outcome streamed(Map<String, String> told, Body body) {
    Said said = new Said();
    boolean ended = false;
    for (String event : Reply.events(body.text())) {
      assertThat(ended).as("nothing follows the end mark: %s", body).isFalse();
      if (event.equals("[DONE]")) {
        ended = true;
        continue;
      }
      JsonNode chunk = json(event);
      if (chunk.has("error")) {
        assertThat(body.text()).as("a broken stream has no end mark").doesNotContain("[DONE]");
        assertThat(body.complete()).as("a broken stream does not end in order").isFalse();
        return failed(said, 200, told, chunk.path("error"));
      }
      said.add(chunk, "delta");
    }
    assertThat(ended && body.complete()).as("a clean end: %s", body).isTrue();
    return said.outcome(face, told, null);
  }

  private Outcome failed(Said said, int status, Map<String, String> told, JsonNode error) {
    assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
    String millis = told.getOrDefault("retry-after-ms", "-1");
    return said.outcome(
        face,
        told,
        new Outcome.Failure(
            Integer.toString(status),
            error.path("code").asText(),
            error.path("message").asText(),
            Long.parseLong(millis)));
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(UTF_8));
  }

  /** Gathers what an answer says. */
  private static final class Said {
    private final StringBuilder text = new StringBuilder();
    private final Set<String> models = new LinkedHashSet<>();
    private String finish = "";
    private int totalTokens = -1;

    void add(JsonNode document, String part) {
      models.add(document.path("model").asText());
      for (JsonNode choice : document.path("choices")) {
        text.append(choice.path(part).path("content").asText(""));
        finish = choice.path("finish_reason").asText(finish);
      }
      totalTokens = document.at("/usage/total_tokens").asInt(totalTokens);
    }

    Outcome outcome(Face face, Map<String, String> told, Outcome.@Nullable Failure failure) {
      return new Outcome(face, text.toString(), models, finish, totalTokens, told, failure);
    }
  }
}
