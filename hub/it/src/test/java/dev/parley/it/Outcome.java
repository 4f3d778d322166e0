package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call, whichever way it travelled.
 *
 * @param face how it travelled
 * @param text all that was said, of the only choice
 * @param models every name that the answer or its chunks gave as {@code model}
 * @param finish the finish reason; empty when there was none
 * @param totalTokens what usage says in all; -1 without usage
 * @param told the answer's headers, or metadata and trailers
 * @param failure how it failed; null when the answer ended whole
 */
record Outcome(
    Face face,
    String text,
    Set<String> models,
    String finish,
    int totalTokens,
    Map<String, String> told,
    @Nullable Failure failure) {

  /**
   * An error as a caller sees it.
   *
   * @param status the HTTP status, or gRPC's code as text
   * @param word OpenAI's code, or the reason in gRPC's details
   * @param retryAfterMillis how long the caller was asked to wait; -1 when it was not
   */
  record Failure(String status, String word, String message, long retryAfterMillis) {}

  Outcome {
    models = Set.copyOf(models);
    told = Map.copyOf(told);
  }

  /** A header or metadatum of the answer. */
  String told(String name) {
    String value = told.get(name);
    assertThat(value).as("%s of %s", name, this).isNotNull();
    return value == null ? "" : value;
  }

  String requestId() {
    return told("x-request-id");
  }

  int attempts() {
    return Integer.parseInt(told("x-parley-attempts"));
  }

  /** Checks that the answer came whole: its text, its usage, and the mark of its end. */
  Outcome whole(String expected) {
    assertThat(failure).as(toString()).isNull();
    assertThat(text).isEqualTo(expected);
    assertThat(finish).as("finish reason").isEqualTo("stop");
    return this;
  }

  /** Checks who served, as the answer itself names it and as the hub tells it. */
  Outcome servedBy(String backend) {
    assertThat(told("x-parley-backend")).isEqualTo(backend);
    assertThat(models).as("model of the answer").containsExactly(TwoBackends.model(backend));
    return this;
  }

  /** Checks how many attempts the hub owns up to. */
  Outcome attempts(int expected) {
    assertThat(attempts()).as("attempts of %s", this).isEqualTo(expected);
    return this;
  }

  /** Checks that it failed so, precisely and with these words. */
  Failure failed(KnownError expected, String words) {
    Failure error = failure;
    assertThat(error).as("failure of %s", this).isNotNull();
    if (error == null) {
      throw new AssertionError();
    }
    String status = face.isGrpc() ? expected.grpc.name() : Integer.toString(expected.status);
    // A stream that had begun has no status left to tell it with.
    String told = face == Face.REST_STREAM && !text.isEmpty() ? "200" : status;
    assertThat(error.status()).as(error.toString()).isEqualTo(told);
    assertThat(error.word()).isEqualTo(face.isGrpc() ? expected.reason : expected.code);
    assertThat(error.message().toLowerCase(Locale.ROOT)).contains(words.toLowerCase(Locale.ROOT));
    assertThat(error.message())
        .doesNotContain("Exception", "dev.parley", "io.netty", "127.0.0.1", HubUnderTest.SECRET);
    return error;
  }
}
