package dev.parley.gpu.onnxfile;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;

/** Protobuf fields by number, for a schema that is known to this package alone. */
final class Wire {

  private Wire() {}

  static UnknownFieldSet message(ByteString bytes) throws InvalidProtocolBufferException {
    return UnknownFieldSet.parseFrom(bytes);
  }

  static String text(UnknownFieldSet fields, int number) {
    List<String> texts = texts(fields, number);
    return texts.isEmpty() ? "" : texts.getLast();
  }

  static List<String> texts(UnknownFieldSet fields, int number) {
    return fields.getField(number).getLengthDelimitedList().stream()
        .map(ByteString::toStringUtf8)
        .toList();
  }

  static UnknownFieldSet.Field texts(List<String> texts) {
    UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
    texts.forEach(text -> field.addLengthDelimited(ByteString.copyFromUtf8(text)));
    return field.build();
  }

  static UnknownFieldSet.Field message(UnknownFieldSet message) {
    return bytes(message.toByteString());
  }

  static UnknownFieldSet.Field bytes(ByteString bytes) {
    return UnknownFieldSet.Field.newBuilder().addLengthDelimited(bytes).build();
  }

  static UnknownFieldSet.Field number(long value) {
    return UnknownFieldSet.Field.newBuilder().addVarint(value).build();
  }

  static UnknownFieldSet.Builder fields() {
    return UnknownFieldSet.newBuilder();
  }
}
