package dev.parley.hub.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;

/**
 * One call that is to be made.
 *
 * @param number of the request; no two calls have the same
 * @param limitMillis how long the hub may take for it
 */
record SoakCall(long number, Alias alias, boolean stream, Manner manner, int limitMillis) {

  /** How a caller behaves. */
  enum Manner {
    PATIENT,
    /** Goes away in the middle. */
    LEAVES,
    /** Says how long he waits. */
    HURRIED,
    /** Reads slower than the hub could write. */
    SLOW_READER
  }

  private static final int LEAVES_PERCENT = 8;
  private static final int HURRIED_PERCENT = 8;
  private static final int SLOW_PERCENT = 4;
  private static final int STREAM_PERCENT = 60;
  private static final int HURRIED_MILLIS_MIN = 300;
  private static final int HURRIED_MILLIS_MAX = 3_000;

  /** Draws one. */
  static SoakCall draw(SplittableRandom random, long number) {
    Alias alias = Alias.ALL.get(random.nextInt(Alias.ALL.size()));
    boolean stream = alias.ability() == Alias.Ability.CHAT && random.nextInt(100) < STREAM_PERCENT;
    Manner manner = manner(random.nextInt(100));
    int limit =
        manner == Manner.HURRIED
            ? random.nextInt(HURRIED_MILLIS_MIN, HURRIED_MILLIS_MAX)
            : SoakConfig.TOTAL_MILLIS;
    return new SoakCall(number, alias, stream, manner, limit);
  }

  private static Manner manner(int lot) {
    if (lot < LEAVES_PERCENT) {
      return Manner.LEAVES;
    }
    if (lot < LEAVES_PERCENT + HURRIED_PERCENT) {
      return Manner.HURRIED;
    }
    return lot < LEAVES_PERCENT + HURRIED_PERCENT + SLOW_PERCENT
        ? Manner.SLOW_READER
        : Manner.PATIENT;
  }

  /** Of someone who waits for the whole answer and reads at once. */
  static SoakCall patient(long number, Alias alias, boolean stream) {
    return new SoakCall(number, alias, stream, Manner.PATIENT, SoakConfig.TOTAL_MILLIS);
  }

  /** How long a healthy backend takes for it. */
  long neededMillis() {
    return switch (alias.ability()) {
      case CHAT -> Truth.of(number).millis();
      case EMBEDDING -> Truth.of(number).firstMillis();
    };
  }

  /** As it goes over the wire. */
  byte[] bytes() {
    byte[] body = body();
    String path =
        switch (alias.ability()) {
          case CHAT -> "/v1/chat/completions";
          case EMBEDDING -> "/v1/embeddings";
        };
    String patience = manner == Manner.HURRIED ? "grpc-timeout: " + limitMillis + "m\r\n" : "";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ("POST "
                + path
                + " HTTP/1.1\r\nhost: 127.0.0.1\r\nx-request-id: soak-"
                + number
                + "\r\n"
                + patience
                + "content-type: application/json\r\ncontent-length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private byte[] body() {
    JsonWriter json = new JsonWriter().beginObject().member("model", alias.label());
    switch (alias.ability()) {
      case EMBEDDING -> json.member("input", Question.spelled(number));
      case CHAT -> {
        json.name("messages").beginArray().beginObject().member("role", "user");
        json.member("content", Question.spelled(number)).endObject().endArray();
        json.member("stream", stream);
      }
    }
    return json.endObject().toBytes();
  }
}
