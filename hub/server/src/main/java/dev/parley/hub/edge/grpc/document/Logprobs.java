package dev.parley.hub.edge.grpc.document;

import com.google.protobuf.ByteString;
import dev.parley.core.json.JsonValue;
import dev.parley.proto.v1.TokenLogprob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Log-probabilities of a chat answer; every other form of them stays JSON. */
final class Logprobs {

  private static final int DEPTH_MAX = 2;

  private Logprobs() {}

  /** The list, or null if an entry has something that {@link TokenLogprob} cannot hold. */
  static @Nullable List<TokenLogprob> read(JsonValue entries) {
    return read(entries, 1);
  }

  private static @Nullable List<TokenLogprob> read(JsonValue entries, int depth) {
    List<TokenLogprob> list = new ArrayList<>();
    for (JsonValue entry : entries.elements()) {
      TokenLogprob logprob = entry.isObject() ? entry(entry, depth) : null;
      if (logprob == null) {
        return null;
      }
      list.add(logprob);
    }
    return list;
  }

  private static @Nullable TokenLogprob entry(JsonValue json, int depth) {
    ObjectReader reader = new ObjectReader(json);
    String token = reader.optionalString("token");
    JsonValue number = reader.take("logprob", JsonValue::isNumber);
    if (token == null || number == null) {
      return null;
    }
    TokenLogprob.Builder entry =
        TokenLogprob.newBuilder().setToken(token).setLogprob(number.asDouble());
    JsonValue bytes = reader.array("bytes");
    if (bytes != null) {
      ByteString exact = bytes(bytes);
      if (exact == null) {
        return null;
      }
      entry.setBytes(exact);
    }
    JsonValue top = depth < DEPTH_MAX ? reader.array("top_logprobs") : null;
    if (top != null) {
      List<TokenLogprob> others = read(top, depth + 1);
      if (others == null) {
        return null;
      }
      entry.addAllTop(others);
    }
    return reader.extra().isEmpty() ? entry.build() : null;
  }

  private static @Nullable ByteString bytes(JsonValue array) {
    ByteString.Output out = ByteString.newOutput();
    for (JsonValue element : array.elements()) {
      if (!ObjectReader.isIntegral(element, 0, 255)) {
        return null;
      }
      out.write((int) element.asLong());
    }
    return out.toByteString();
  }
}
