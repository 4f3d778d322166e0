package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where one backend's wire format departs from the others'. The defaults are the plainest form;
 * hooks add members to what is built.
 */
abstract class Dialect {
  static final long CREATED = 1_790_000_000L;

  /** The body of an error answer. */
  abstract ObjectNode error(Refusal refusal);

  /** One entry of the model list. */
  abstract ObjectNode model(String id);

  /** The answer to a caller without the key. */
  Answer unauthorized() {
    return refuse(new Refusal(Trouble.UNAUTHORIZED, "Incorrect API key provided.", null));
  }

  /** The error answer. */
  Answer refuse(Refusal refusal) {
    return Answer.json(refusal.status(), error(refusal));
  }

  /** The answer when generation fails before any output. */
  Answer failed(Refusal refusal, ObjectNode envelope) {
    return refuse(refusal);
  }

  /**
   * What follows the last good chunk when generation fails in mid-stream; {@code chunk} has the
   * envelope only.
   */
  List<String> failedStream(Refusal refusal, ObjectNode chunk) {
    return List.of(Answer.event(error(refusal)));
  }

  /** Frames before the first chunk. */
  List<String> opening() {
    return List.of();
  }

  String idPrefix() {
    return "chatcmpl-";
  }

  /** The member that carries thoughts; null if they are not shown. */
  @Nullable String thoughtMember() {
    return null;
  }

  /** Adds to the top level of every reply and chunk. */
  void envelope(ObjectNode root) {}

  /** Adds to the message of a whole reply. */
  void message(ObjectNode message) {}

  /** Adds to a finished choice, of a whole reply or of the last chunk. */
  void finished(ObjectNode choice, String finish) {}

  /** Adds to a choice of any chunk but the last. */
  void unfinished(ObjectNode choice) {}

  /** Adds to usage. */
  void usage(ObjectNode usage) {}

  /** Whether usage comes in streams without being asked for. */
  boolean alwaysStreamsUsage() {
    return false;
  }

  /** Whether chunks before the last say {@code "usage":null} once usage was asked for. */
  boolean nullUsageBefore() {
    return false;
  }

  /** Whether a list of models is an OpenAI list. */
  ObjectNode models(List<String> ids) {
    var list = Json.object().put("object", "list");
    var data = list.putArray("data");
    ids.forEach(id -> data.add(model(id)));
    return list;
  }

  /** Headers of every answer; the number is the request's, counted from one. */
  Map<String, String> headers(long number) {
    return Map.of();
  }

  /** One embedding row, vector set already. */
  void embeddingRow(ObjectNode row, boolean base64) {}

  /** Refuses embedding requests this backend cannot serve. */
  void checkEmbedding(ObjectNode body, List<String> texts) {}

  /** Refuses chat requests this backend cannot serve. */
  void checkChat(ChatCall call) {}

  /**
   * The beginning of the reply that the request asks to continue; empty when it asks for a new one.
   */
  String begun(ObjectNode body) {
    return "";
  }

  /** The text of the last message if the assistant said it, else empty. */
  static String lastSaid(JsonNode messages) {
    var last = messages.path(messages.size() - 1);
    return last.path("role").asText().equals("assistant") ? last.path("content").asText() : "";
  }
}
