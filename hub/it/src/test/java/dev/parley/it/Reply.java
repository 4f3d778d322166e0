package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Json;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a caller got. */
record Reply(int status, HttpHeaders headers, byte[] body) {

  static Reply of(HttpResponse<byte[]> response) {
    return new Reply(response.statusCode(), response.headers(), response.body());
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  JsonNode json() {
    return Json.read(body);
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  String requestId() {
    return header("x-request-id").orElseThrow();
  }

  /** The data of every event, the end mark included; fails on anything that is no such event. */
  List<String> events() {
    return events(text());
  }

  static List<String> events(String body) {
    assertThat(body).endsWith("\n\n");
    return body.strip()
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith(":"))
        .map(line -> {
          assertThat(line).startsWith("data: ");
          return line.substring("data: ".length());
        })
        .toList();
  }

  /** Checks the status and the form of the error object; the error's members. */
  JsonNode error(int expectedStatus) {
    assertThat(status).as(text()).isEqualTo(expectedStatus);
    assertThat(header("content-type").orElse("")).startsWith("application/json");
    assertThat(header("x-request-id")).isPresent();
    JsonNode root = json();
    assertThat(root.fieldNames()).toIterable().containsExactly("error", "detail");
    JsonNode error = root.path("error");
    assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
    assertThat(error.path("message").isTextual()).isTrue();
    assertThat(error.path("message").asText()).isNotBlank().isEqualTo(root.path("detail").asText());
    assertThat(error.path("type").isTextual()).isTrue();
    assertThat(error.path("param").isTextual() || error.path("param").isNull()).isTrue();
    assertThat(error.path("code").isTextual() || error.path("code").isNull()).isTrue();
    assertThat(text())
        .doesNotContain("Exception", "dev.parley", "com.linecorp", "io.netty", "\tat ", "127.0.0.1")
        .doesNotContain(HubUnderTest.SECRET);
    return error;
  }
}
