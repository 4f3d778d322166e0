package dev.parley.testkit.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** A header that callers must send, with its exact value. */
public record Credential(String header, String value) {

  /** A bearer key. */
  public static Credential bearer(String key) {
    return new Credential("authorization", "Bearer " + key);
  }

  /** HTTP Basic, as a reverse proxy in front of a backend asks for it. */
  public static Credential basic(String user, String password) {
    var pair = (user + ":" + password).getBytes(UTF_8);
    return new Credential("authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  boolean isIn(RecordedRequest request) {
    return request.header(header).filter(value::equals).isPresent();
  }

  @Override
  public String toString() {
    return header + ": (hidden)";
  }
}
