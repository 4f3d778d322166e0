package dev.parley.hub.edge.grpc.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes any message; nesting is bounded by what protobuf itself accepts. */
final class MessageWriter {

  private static final String TIMESTAMP = "google.protobuf.Timestamp";

  private static final String REFERENCES = "parley.v1.Voice.references";

  private MessageWriter() {}

  static void write(JsonWriter out, Message message) {
    if (message.getDescriptorForType().getFullName().equals(TIMESTAMP)) {
      out.value(instant(message).toString());
      return;
    }
    out.beginObject();
    FieldDescriptor extra = ExtraField.of(message.getDescriptorForType());
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      boolean printed = !field.hasPresence() || message.hasField(field);
      if (printed && field != extra) {
        member(out, field, message.getField(field));
        if (field.getFullName().equals(REFERENCES)) {
          // As a field of the schema it would collide with the list in generated code.
          out.member("references_count", message.getRepeatedFieldCount(field));
        }
      }
    }
    if (extra != null) {
      JsonValue more = parsed((String) message.getField(extra));
      if (more != null && more.isObject()) {
        out.members(more.object());
      }
    }
    out.endObject();
  }

  private static void member(JsonWriter out, FieldDescriptor field, Object value) {
    if (ExtraField.isRawJson(field)) {
      String text = (String) value;
      if (!text.isEmpty()) {
        JsonValue raw = parsed(text);
        out.member(field.getName(), raw == null ? Json.ofString(text) : raw);
      }
      return;
    }
    out.name(field.getName());
    if (field.isMapField()) {
      out.beginObject();
      for (Object entry : (List<?>) value) {
        MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
        out.name(pair.getKey().toString());
        value(out, field.getMessageType().findFieldByName("value"), pair.getValue());
      }
      out.endObject();
    } else if (field.isRepeated()) {
      out.beginArray();
      for (Object element : (List<?>) value) {
        value(out, field, element);
      }
      out.endArray();
    } else {
      value(out, field, value);
    }
  }

  private static void value(JsonWriter out, FieldDescriptor field, Object value) {
    switch (field.getJavaType()) {
      case INT -> out.value(number(field, (Integer) value));
      case LONG -> out.value((Long) value);
      case BOOLEAN -> out.value((Boolean) value);
      case STRING -> out.value((String) value);
      case BYTE_STRING ->
          out.value(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case MESSAGE -> write(out, (Message) value);
      case FLOAT -> {
        float number = (Float) value;
        if (Float.isFinite(number)) {
          out.value(number);
        } else {
          out.value(Float.toString(number));
        }
      }
      case DOUBLE -> {
        double number = (Double) value;
        if (Double.isFinite(number)) {
          out.value(number);
        } else {
          out.value(Double.toString(number));
        }
      }
      case ENUM -> {
        EnumValueDescriptor constant = (EnumValueDescriptor) value;
        if (constant.getIndex() < 0) {
          out.value(constant.getNumber());
        } else {
          out.value(EnumNames.shortName(constant));
        }
      }
    }
  }

  private static long number(FieldDescriptor field, int value) {
    return switch (field.getType()) {
      case UINT32, FIXED32 -> Integer.toUnsignedLong(value);
      default -> value;
    };
  }

  private static Instant instant(Message timestamp) {
    long seconds = (Long) timestamp.getField(timestamp.getDescriptorForType().findFieldByNumber(1));
    int nanos = (Integer) timestamp.getField(timestamp.getDescriptorForType().findFieldByNumber(2));
    return Instant.ofEpochSecond(seconds, nanos);
  }

  /** The text as JSON, or null if it is none: a model's arguments may be cut short. */
  private static @Nullable JsonValue parsed(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonSyntaxException _) {
      return null;
    }
  }
}
