package dev.parley.hub.cache;

import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Takes down a question in the one form that all questions with the same meaning have: members in
 * the order of their names, texts without their escapes, every part with its length before it. For
 * one question, on one thread.
 */
public final class CacheKeyText {

  private final MessageDigest digest;

  public CacheKeyText() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One more part; two that follow each other are never taken for one. */
  public CacheKeyText add(String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    length('t', bytes.length);
    digest.update(bytes);
    return this;
  }

  /** One more part. */
  public CacheKeyText add(double part) {
    return add(Double.toString(part));
  }

  /**
   * A whole document.
   *
   * @param without members of the outermost object that do not matter
   */
  public CacheKeyText add(JsonValue value, Set<String> without) {
    switch (value.kind()) {
      case OBJECT -> {
        List<JsonMember> members = new ArrayList<>();
        for (JsonMember member : value.object()) {
          if (!without.contains(member.name())) {
            members.add(member);
          }
        }
        members.sort(Comparator.comparing(JsonMember::name));
        length('o', members.size());
        for (JsonMember member : members) {
          add(member.name());
          add(member.value(), Set.of());
        }
      }
      case ARRAY -> {
        digest.update((byte) '[');
        for (JsonValue element : value.elements()) {
          add(element, Set.of());
        }
        digest.update((byte) ']');
      }
      case STRING -> add(value.asString());
      case NUMBER, TRUE, FALSE, NULL -> {
        length('v', value.length());
        digest.update(value.source(), value.start(), value.length());
      }
    }
    return this;
  }

  private void length(char kind, int length) {
    digest.update((byte) kind);
    for (int shift = 24; shift >= 0; shift -= 8) {
      digest.update((byte) (length >> shift));
    }
  }

  /** The key of all parts. */
  public CacheKey key(String kind) {
    return new CacheKey(kind, HexFormat.of().formatHex(digest.digest()));
  }
}
