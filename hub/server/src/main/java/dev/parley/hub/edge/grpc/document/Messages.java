package dev.parley.hub.edge.grpc.document;

import com.google.protobuf.ByteString;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.proto.v1.Content;
import dev.parley.proto.v1.GeneratedAudio;
import dev.parley.proto.v1.Message;
import dev.parley.proto.v1.ToolCall;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages of a conversation and deltas of one, both ways. */
final class Messages {

  private static final Set<String> MEMBERS =
      Set.of(
          "role",
          "content",
          "name",
          "tool_calls",
          "tool_call_id",
          "reasoning",
          "reasoning_content",
          "audio");
  private static final Set<String> CALL_MEMBERS = Set.of("index", "id", "type", "function");
  private static final Set<String> OTHER_CALL_MEMBERS = Set.of("index", "id", "type");
  private static final Set<String> FUNCTION_MEMBERS = Set.of("name", "arguments");
  private static final Set<String> AUDIO_MEMBERS = Set.of("id", "data", "transcript", "expires_at");

  private Messages() {}

  static void write(JsonWriter out, Message message, String path) {
    Extra extra = Extra.of(message.getExtraJson(), path);
    out.beginObject();
    Parts.optional(out, "role", message.getRole());
    content(out, message, path);
    Parts.optional(out, "name", message.getName());
    if (message.getToolCallsCount() > 0) {
      out.name("tool_calls").beginArray();
      for (int i = 0; i < message.getToolCallsCount(); i++) {
        call(out, message.getToolCalls(i), path + ".tool_calls[" + i + "]");
      }
      out.endArray();
    }
    Parts.optional(out, "tool_call_id", message.getToolCallId());
    Parts.optional(out, "reasoning_content", message.getReasoning());
    if (message.hasAudio()) {
      audio(out, message.getAudio(), extra);
    }
    extra.writeTo(out, MEMBERS);
    out.endObject();
  }

  private static void content(JsonWriter out, Message message, String path) {
    int parts = message.getContentCount();
    if (parts == 0) {
      return;
    }
    out.name("content");
    Content first = message.getContent(0);
    if (parts == 1 && first.hasText() && first.getExtraJson().isEmpty()) {
      out.value(first.getText());
      return;
    }
    out.beginArray();
    for (int i = 0; i < parts; i++) {
      Parts.write(out, message.getContent(i), path + ".content[" + i + "]");
    }
    out.endArray();
  }

  private static void call(JsonWriter out, ToolCall call, String path) {
    Extra extra = Extra.of(call.getExtraJson(), path);
    boolean function = call.getType().isEmpty() || call.getType().equals("function");
    out.beginObject();
    Parts.optional(out, "id", call.getId());
    out.member("type", function ? "function" : call.getType());
    if (function || !call.getName().isEmpty() || !call.getArgumentsJson().isEmpty()) {
      out.name("function").beginObject();
      out.member("name", call.getName()).member("arguments", call.getArgumentsJson());
      extra.inner("function").writeTo(out, FUNCTION_MEMBERS);
      out.endObject();
      extra.writeTo(out, CALL_MEMBERS);
    } else {
      extra.writeTo(out, OTHER_CALL_MEMBERS);
    }
    out.endObject();
  }

  private static void audio(JsonWriter out, GeneratedAudio audio, Extra extra) {
    out.name("audio").beginObject();
    Parts.optional(out, "id", audio.getId());
    if (!audio.getData().isEmpty()) {
      out.member("data", Base64.getEncoder().encodeToString(audio.getData().toByteArray()));
    }
    Parts.optional(out, "transcript", audio.getTranscript());
    if (audio.getExpiresAt() != 0) {
      out.member("expires_at", audio.getExpiresAt());
    }
    extra.inner("audio").writeTo(out, AUDIO_MEMBERS);
    out.endObject();
  }

  /** Reads a message or a delta; {@code pieces} joins the audio of a choice's deltas. */
  static Message read(JsonValue json, int choice, Base64Pieces pieces) {
    ObjectReader reader = new ObjectReader(json);
    Message.Builder message = Message.newBuilder();
    message.setRole(reader.string("role"));
    readContent(reader.take("content", Messages::isContent), message);
    message.setName(reader.string("name"));
    readCalls(reader.take("tool_calls", Answers::isObjects), message);
    message.setToolCallId(reader.string("tool_call_id"));
    readReasoning(reader, message);
    JsonValue audio = reader.take("audio", JsonValue::isObject);
    if (audio != null) {
      readAudio(reader, audio, message, choice, pieces);
    }
    return message.setExtraJson(reader.extra()).build();
  }

  private static boolean isContent(JsonValue value) {
    return value.isString() || Answers.isObjects(value);
  }

  private static void readContent(@Nullable JsonValue content, Message.Builder message) {
    if (content == null) {
      return;
    }
    if (content.isString()) {
      message.addContent(Content.newBuilder().setText(content.asString()));
      return;
    }
    for (JsonValue part : content.elements()) {
      message.addContent(Parts.read(part));
    }
  }

  /** Some backends spell it both ways at once; what differs is not lost. */
  private static void readReasoning(ObjectReader reader, Message.Builder message) {
    String usual = reader.string("reasoning_content");
    JsonValue other =
        reader.take(
            "reasoning", v -> v.isString() && (usual.isEmpty() || v.asString().equals(usual)));
    message.setReasoning(usual.isEmpty() && other != null ? other.asString() : usual);
  }

  private static void readCalls(@Nullable JsonValue calls, Message.Builder message) {
    if (calls == null) {
      return;
    }
    int position = 0;
    for (JsonValue call : calls.elements()) {
      message.addToolCalls(readCall(call, position++));
    }
  }

  private static ToolCall readCall(JsonValue json, int position) {
    ObjectReader reader = new ObjectReader(json);
    Integer index = reader.int32("index");
    ToolCall.Builder call =
        ToolCall.newBuilder()
            .setIndex(index == null ? position : index)
            .setId(reader.string("id"))
            .setType(reader.string("type"));
    JsonValue function = reader.object("function");
    if (function != null) {
      ObjectReader inner = new ObjectReader(function);
      call.setName(inner.string("name"));
      JsonValue arguments = inner.take("arguments", v -> v.isString() || v.isObject());
      if (arguments != null) {
        call.setArgumentsJson(arguments.isString() ? arguments.asString() : arguments.raw());
      }
      reader.leave("function", inner);
    }
    return call.setExtraJson(reader.extra()).build();
  }

  private static void readAudio(
      ObjectReader reader,
      JsonValue json,
      Message.Builder message,
      int choice,
      Base64Pieces pieces) {
    ObjectReader inner = new ObjectReader(json);
    GeneratedAudio.Builder audio =
        GeneratedAudio.newBuilder()
            .setId(inner.string("id"))
            .setTranscript(inner.string("transcript"));
    Long expires = inner.int64("expires_at");
    if (expires != null) {
      audio.setExpiresAt(expires);
    }
    inner.take(
        "data",
        value -> {
          ByteString data = value.isString() ? bytes(value.asString(), choice, pieces) : null;
          if (data != null) {
            audio.setData(data);
          }
          return data != null;
        });
    reader.leave("audio", inner);
    message.setAudio(audio);
  }

  private static @Nullable ByteString bytes(String text, int choice, Base64Pieces pieces) {
    try {
      return pieces.decode(choice, text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
