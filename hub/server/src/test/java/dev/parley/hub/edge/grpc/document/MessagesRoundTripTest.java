package dev.parley.hub.edge.grpc.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.proto.v1.Content;
import dev.parley.proto.v1.GeneratedAudio;
import dev.parley.proto.v1.MediaPart;
import dev.parley.proto.v1.Message;
import dev.parley.proto.v1.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Messages travel both ways, so nothing of one may be lost on a round trip. */
class MessagesRoundTripTest {

  private static final List<String> VALUES =
      List.of("1.0", "1e2", "12345678901234567890", "null", "\"é\\n\"", "[{\"a\":0.10}]", "{}");

  @Property(tries = 500)
  void documentsKeepEveryMember(@ForAll long seed) {
    String document = new Documents(new Random(seed)).message();
    Message message =
        Messages.read(Json.parse(document.getBytes(StandardCharsets.UTF_8)), 0, new Base64Pieces());
    assertThat(JsonTrees.tree(written(message))).isEqualTo(JsonTrees.tree(document));
  }

  @Property(tries = 500)
  void messagesComeBackEqual(@ForAll long seed) {
    Message message = message(new Random(seed));
    assertThat(Messages.read(written(message), 0, new Base64Pieces())).isEqualTo(message);
  }

  private static JsonValue written(Message message) {
    JsonWriter out = new JsonWriter();
    Messages.write(out, message, "messages[0]");
    return out.toValue();
  }

  private static Message message(Random random) {
    Message.Builder message = Message.newBuilder().setRole("assistant").setName(word(random));
    for (int i = random.nextInt(4); i > 0; i--) {
      message.addContent(content(random));
    }
    for (int i = 0; i < random.nextInt(3); i++) {
      message.addToolCalls(
          ToolCall.newBuilder()
              .setIndex(i)
              .setId(word(random))
              .setType("function")
              .setName(word(random))
              .setArgumentsJson("{\"q\": " + word(random))
              .setExtraJson(random.nextBoolean() ? "" : "{\"function\":{\"x\":1.0}}"));
    }
    if (random.nextBoolean()) {
      message.setAudio(
          GeneratedAudio.newBuilder()
              .setId("a")
              .setData(ByteString.copyFromUtf8(word(random)))
              .setExpiresAt(random.nextInt(9)));
    }
    return message
        .setReasoning(word(random))
        .setToolCallId(word(random))
        .setExtraJson(random.nextBoolean() ? "" : "{\"n\":1e2}")
        .build();
  }

  private static Content content(Random random) {
    Content.Builder part = Content.newBuilder();
    MediaPart.Builder url = MediaPart.newBuilder().setUrl("http://x/" + word(random));
    switch (random.nextInt(7)) {
      case 0 -> part.setText(word(random));
      case 1 -> part.setRefusal(word(random));
      case 2 -> part.setImage(url.setDetail("low"));
      case 3 -> part.setVideo(url.setMimeType("video/mp4"));
      case 4 ->
          part.setAudio(
              MediaPart.newBuilder()
                  .setData(ByteString.copyFromUtf8(word(random)))
                  .setMimeType("wav"));
      case 5 -> part.setFile(url).setExtraJson("{\"file\":{\"filename\":\"f\"}}");
      default -> part.setExtraJson("{\"type\":\"other\",\"v\":1.0}");
    }
    return part.build();
  }

  private static String word(Random random) {
    return random.nextInt(4) == 0 ? "" : Integer.toString(random.nextInt(), 36);
  }

  /** Random messages with unknown members at every level. */
  private record Documents(Random random) {

    String message() {
      return object(
          "\"role\":\"user\"",
          "\"content\":[" + part() + "," + part() + "]",
          "\"tool_calls\":["
              + object(
                  "\"id\":\"1\"",
                  "\"type\":\"function\"",
                  "\"function\":" + object("\"name\":\"f\"", "\"arguments\":\"{\""))
              + "]",
          "\"reasoning_content\":\"r\"",
          "\"audio\":" + object("\"id\":\"a\"", "\"data\":\"YWJj\""));
    }

    private String part() {
      return switch (random.nextInt(6)) {
        case 0 -> object("\"type\":\"text\"", "\"text\":\"t\"");
        case 1 ->
            object("\"type\":\"image_url\"", "\"image_url\":" + object("\"url\":\"data:,x\""));
        case 2 ->
            object(
                "\"type\":\"input_audio\"",
                "\"input_audio\":" + object("\"data\":\"YWJj\"", "\"format\":\"mp3\""));
        case 3 -> object("\"type\":\"file\"", "\"file\":" + object("\"file_id\":\"f\""));
        case 4 -> object("\"type\":\"file\"", "\"file\":" + object("\"file_data\":\"data:,x\""));
        default -> object("\"type\":\"unheard_of\"", "\"unheard_of\":" + object("\"y\":1.50"));
      };
    }

    private String object(String... members) {
      StringBuilder json = new StringBuilder("{").append(String.join(",", members));
      for (int i = random.nextInt(3); i > 0; i--) {
        json.append(",\"unknown").append(i).append("\":");
        json.append(VALUES.get(random.nextInt(VALUES.size())));
      }
      return json.append('}').toString();
    }
  }
}
