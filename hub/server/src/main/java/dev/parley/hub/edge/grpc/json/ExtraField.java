package dev.parley.hub.edge.grpc.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import org.jspecify.annotations.Nullable;

/** The fields that hold JSON as text. */
final class ExtraField {

  static final String NAME = "extra_json";

  private ExtraField() {}

  static @Nullable FieldDescriptor of(Descriptor message) {
    FieldDescriptor field = message.findFieldByName(NAME);
    return field != null && field.getType() == FieldDescriptor.Type.STRING ? field : null;
  }

  static boolean isRawJson(FieldDescriptor field) {
    return field.getType() == FieldDescriptor.Type.STRING
        && !field.isRepeated()
        && (field.getName().endsWith("_json") || field.getName().equals("json"));
  }
}
