package dev.parley.hub.edge.grpc.json;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Enum values without the prefix that the schema's style demands: AUDIO_ENCODING_MP3 is mp3. */
final class EnumNames {

  private EnumNames() {}

  static String shortName(EnumValueDescriptor value) {
    String prefix = prefix(value.getType());
    String name = value.getName();
    String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return rest.toLowerCase(Locale.ROOT);
  }

  /** Finds a value by its short or its full name, in any case. */
  static @Nullable EnumValueDescriptor find(EnumDescriptor type, String name) {
    String full = name.toUpperCase(Locale.ROOT);
    EnumValueDescriptor value = type.findValueByName(full);
    return value != null ? value : type.findValueByName(prefix(type) + full);
  }

  static String allowed(EnumDescriptor type) {
    return type.getValues().stream().map(EnumNames::shortName).collect(Collectors.joining(", "));
  }

  private static String prefix(EnumDescriptor type) {
    String name = type.getName();
    StringBuilder prefix = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (i > 0 && Character.isUpperCase(c) && !Character.isUpperCase(name.charAt(i - 1))) {
        prefix.append('_');
      }
      prefix.append(Character.toUpperCase(c));
    }
    return prefix.append('_').toString();
  }
}
