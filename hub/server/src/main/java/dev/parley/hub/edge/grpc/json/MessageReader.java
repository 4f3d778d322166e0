package dev.parley.hub.edge.grpc.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads any message. Names may be spelled as in the schema or in lowerCamelCase; null counts as
 * absent; an unknown member goes to the message's {@code extra_json} or is refused.
 */
final class MessageReader {

  private static final String TIMESTAMP = "google.protobuf.Timestamp";

  private MessageReader() {}

  static void read(JsonValue json, Message.Builder into, String path) {
    if (into.getDescriptorForType().getFullName().equals(TIMESTAMP)) {
      timestamp(json, into, path);
      return;
    }
    if (!json.isObject()) {
      throw Scalars.refusal(path, json, "an object");
    }
    JsonWriter unknown = new JsonWriter().beginObject();
    boolean any = false;
    Descriptor type = into.getDescriptorForType();
    FieldDescriptor extra = ExtraField.of(type);
    for (JsonMember member : json.object()) {
      FieldDescriptor field = field(type, member.name());
      String at = path.isEmpty() ? member.name() : path + "." + member.name();
      if (field != null && !field.equals(extra)) {
        member(field, member.value(), into, at);
      } else if (extra == null) {
        throw new HubException(Scalars.unknown(at, member.name(), type));
      } else if (isEnvelope(member)) {
        any |= unwrapped(member.value(), type, unknown, at);
      } else {
        any = true;
        unknown.member(member.name(), member.value());
      }
    }
    if (any && extra != null) {
      into.setField(extra, unknown.endObject().toValue().raw());
    }
  }

  /** SDKs wrap what they do not know themselves; its members belong to the message. */
  private static boolean isEnvelope(JsonMember member) {
    return member.value().isObject()
        && (member.name().equals(ExtraField.NAME) || member.name().equals("extra_body"));
  }

  private static boolean unwrapped(
      JsonValue envelope, Descriptor type, JsonWriter unknown, String path) {
    for (JsonMember member : envelope.object()) {
      if (field(type, member.name()) != null) {
        throw Scalars.refusal(path + "." + member.name(), "a name of the schema", "its own member");
      }
    }
    unknown.members(envelope.object());
    return envelope.object().size() > 0;
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    FieldDescriptor field = type.findFieldByName(name);
    if (field != null) {
      return field;
    }
    for (FieldDescriptor candidate : type.getFields()) {
      if (candidate.getJsonName().equals(name)) {
        return candidate;
      }
    }
    return null;
  }

  private static void member(
      FieldDescriptor field, JsonValue value, Message.Builder into, String path) {
    if (value.isNull()) {
      return;
    }
    if (field.getContainingOneof() != null
        && into.hasOneof(field.getContainingOneof())
        && !into.hasField(field)) {
      throw Scalars.refusal(
          path, "set beside another one", "one of " + field.getContainingOneof().getName());
    }
    if (ExtraField.isRawJson(field)) {
      into.setField(field, value.isString() ? value.asString() : value.raw());
    } else if (field.isMapField()) {
      map(field, value, into, path);
    } else if (field.isRepeated()) {
      repeated(field, value, into, path);
    } else {
      into.setField(field, value(field, value, into, path));
    }
  }

  private static void repeated(
      FieldDescriptor field, JsonValue array, Message.Builder into, String path) {
    if (!array.isArray()) {
      throw Scalars.refusal(path, array, "an array");
    }
    int i = 0;
    for (JsonValue element : array.elements()) {
      into.addRepeatedField(field, value(field, element, into, path + "[" + i++ + "]"));
    }
  }

  private static void map(
      FieldDescriptor field, JsonValue object, Message.Builder into, String path) {
    if (!object.isObject()) {
      throw Scalars.refusal(path, object, "an object");
    }
    FieldDescriptor key = field.getMessageType().findFieldByName("key");
    FieldDescriptor value = field.getMessageType().findFieldByName("value");
    for (JsonMember member : object.object()) {
      Message.Builder entry = into.newBuilderForField(field);
      String at = path + "." + member.name();
      entry.setField(key, Scalars.key(key, member.name(), at));
      entry.setField(value, value(value, member.value(), entry, at));
      into.addRepeatedField(field, entry.build());
    }
  }

  private static Object value(
      FieldDescriptor field, JsonValue json, Message.Builder parent, String path) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return Scalars.read(field, json, path);
    }
    Message.Builder child = parent.newBuilderForField(field);
    read(json, child, path);
    return child.build();
  }

  private static void timestamp(JsonValue json, Message.Builder into, String path) {
    try {
      Instant instant = Instant.parse(json.isString() ? json.asString() : "");
      Descriptor type = into.getDescriptorForType();
      into.setField(type.findFieldByNumber(1), instant.getEpochSecond());
      into.setField(type.findFieldByNumber(2), instant.getNano());
    } catch (DateTimeException _) {
      throw Scalars.refusal(path, json, "a time such as 2026-01-31T12:00:00Z");
    }
  }
}
