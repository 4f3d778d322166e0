package dev.parley.hub.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A right answer as it goes over the wire, in the pieces that are sent one after the other.
 *
 * @param pieces the head first
 * @param cuttable the first so many pieces may be sent without telling the whole answer
 */
record Script(List<byte[]> pieces, int cuttable) {

  private static final String ID = "chatcmpl-soak";
  private static final String MODEL = "soak";
  private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");

  static Script of(Question question) {
    if (question.embedding()) {
      return whole(embedding(question.number()));
    }
    Truth truth = Truth.of(question.number());
    String text = truth.text();
    // What was said before is taken up where it ended, wherever that was.
    List<String> words =
        question.prefix().isEmpty()
            ? truth.words()
            : List.of(text.substring(question.prefix().length()));
    return question.stream() ? stream(words, question.usage()) : whole(completion(words));
  }

  private static Script whole(byte[] body) {
    List<byte[]> pieces = new ArrayList<>();
    pieces.add(head(200, "application/json", "content-length: " + body.length));
    int part = Math.max(1, body.length / 3);
    for (int from = 0; from < body.length; from += part) {
      int to = Math.min(body.length, from + part);
      pieces.add(Arrays.copyOfRange(body, from, to));
    }
    return new Script(pieces, pieces.size() - 1);
  }

  private static Script stream(List<String> words, boolean usage) {
    List<byte[]> pieces = new ArrayList<>();
    pieces.add(head(200, "text/event-stream; charset=utf-8", "transfer-encoding: chunked"));
    pieces.add(event(chunk(json -> json.member("role", "assistant").member("content", ""), "")));
    for (String word : words) {
      pieces.add(event(chunk(json -> json.member("content", word), "")));
    }
    final int cuttable = pieces.size() - 1;
    pieces.add(event(chunk(json -> {}, "stop")));
    if (usage) {
      JsonWriter json = opening("chat.completion.chunk").name("choices").beginArray().endArray();
      pieces.add(event(usage(json).endObject().toBytes()));
    }
    pieces.add(event(ascii("[DONE]")));
    pieces.add(LAST_CHUNK);
    return new Script(pieces, cuttable);
  }

  /** An answer other than 200. */
  static byte[] refusal(int status, String more, String message) {
    byte[] body = error(message);
    byte[] head = head(status, "application/json", more + "content-length: " + body.length);
    return joined(head, body);
  }

  /** A success that holds an error. */
  static byte[] errorInSuccess() {
    return refusal(200, "", "the model broke");
  }

  /** An error as one event of a stream, which then ends in good order. */
  static byte[] errorEvent() {
    return joined(event(error("the model broke")), LAST_CHUNK);
  }

  /** The end of a stream that said too little. */
  static byte[] earlyEnd() {
    return LAST_CHUNK.clone();
  }

  /** A stream whose events are no JSON. */
  static byte[] brokenEvents(int count) {
    byte[] all = head(200, "text/event-stream", "transfer-encoding: chunked");
    for (int i = 0; i < count; i++) {
      all = joined(all, event(ascii("{\"choices\":[{\"delta\":")));
    }
    return joined(all, LAST_CHUNK);
  }

  /** A body that ends in good order in the middle of its JSON. */
  static byte[] halfBody() {
    byte[] body = ascii("{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"mess");
    return joined(head(200, "application/json", "content-length: " + body.length), body);
  }

  /** A list of the models, or the word that all is well. */
  static byte[] wellbeing() {
    byte[] body =
        ascii(
            "{\"object\":\"list\",\"data\":[{\"id\":\"%s\",\"object\":\"model\"},{\"id\":\"%s\",\"object\":\"model\"}]}"
                .formatted(SoakConfig.CHAT_MODEL, SoakConfig.VECTOR_MODEL));
    return joined(head(200, "application/json", "content-length: " + body.length), body);
  }

  private static byte[] completion(List<String> words) {
    JsonWriter json = opening("chat.completion").name("choices").beginArray().beginObject();
    json.member("index", 0).name("message").beginObject();
    json.member("role", "assistant").member("content", String.join("", words)).endObject();
    json.member("finish_reason", "stop").endObject().endArray();
    return usage(json).endObject().toBytes();
  }

  private static byte[] embedding(long number) {
    JsonWriter json = new JsonWriter().beginObject().member("object", "list");
    json.member("model", MODEL).name("data").beginArray().beginObject();
    json.member("object", "embedding").member("index", 0).name("embedding").beginArray();
    for (double value : Truth.vector(number)) {
      json.value(value);
    }
    json.endArray().endObject().endArray().name("usage").beginObject();
    return json.member("prompt_tokens", 1)
        .member("total_tokens", 1)
        .endObject()
        .endObject()
        .toBytes();
  }

  private static byte[] chunk(Consumer<JsonWriter> delta, String finish) {
    JsonWriter json = opening("chat.completion.chunk").name("choices").beginArray().beginObject();
    json.member("index", 0).name("delta").beginObject();
    delta.accept(json);
    json.endObject().name("finish_reason");
    if (finish.isEmpty()) {
      json.nullValue();
    } else {
      json.value(finish);
    }
    return json.endObject().endArray().endObject().toBytes();
  }

  private static JsonWriter opening(String object) {
    return new JsonWriter()
        .beginObject()
        .member("id", ID)
        .member("object", object)
        .member("created", 1_700_000_000)
        .member("model", MODEL);
  }

  private static JsonWriter usage(JsonWriter json) {
    return json.name("usage")
        .beginObject()
        .member("prompt_tokens", 1)
        .member("completion_tokens", 1)
        .member("total_tokens", 2)
        .endObject();
  }

  private static byte[] error(String message) {
    return new JsonWriter()
        .beginObject()
        .name("error")
        .beginObject()
        .member("message", message)
        .member("type", "server_error")
        .member("code", "broken")
        .endObject()
        .endObject()
        .toBytes();
  }

  private static byte[] head(int status, String type, String more) {
    return ascii(
        "HTTP/1.1 %d Soak\r\ncontent-type: %s\r\n%s\r\n\r\n".formatted(status, type, more));
  }

  private static byte[] event(byte[] data) {
    byte[] event = joined(joined(ascii("data: "), data), ascii("\n\n"));
    return joined(joined(ascii(Integer.toHexString(event.length) + "\r\n"), event), ascii("\r\n"));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(UTF_8);
  }
}
