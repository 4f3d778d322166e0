package dev.parley.hub.edge.grpc.json;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Messages as JSON: names as in the schema, numbers as numbers, zero values printed and unset
 * optional ones not, enum values short and lower-case, bytes in Base64, times in RFC 3339, {@code
 * extra_json} merged and {@code …_json} raw. Thread-safe; what cannot be read is a {@code
 * HubException} that names the member.
 */
public final class ProtoJson implements GrpcJsonMarshaller {

  /** The JSON of a message. */
  public static JsonValue write(Message message) {
    JsonWriter out = new JsonWriter(512);
    MessageWriter.write(out, message);
    return out.toValue();
  }

  /** Reads one JSON object into the builder. */
  public static void read(byte[] utf8, Message.Builder into) {
    JsonValue json;
    try {
      json = Json.parse(utf8);
    } catch (JsonSyntaxException e) {
      throw new HubException(
          new HubError.InvalidRequest("body", "not JSON, " + e.getMessage(), "a JSON object"));
    }
    MessageReader.read(json, into, "");
  }

  @Override
  public <T> void serializeMessage(Marshaller<T> marshaller, T message, OutputStream out)
      throws IOException {
    out.write(write((Message) message).toBytes());
  }

  @Override
  public <T> T deserializeMessage(Marshaller<T> marshaller, InputStream in) throws IOException {
    if (!(marshaller instanceof PrototypeMarshaller<T> typed)
        || !(typed.getMessagePrototype() instanceof Message prototype)) {
      throw new IllegalStateException("not a protobuf message");
    }
    Message.Builder builder = prototype.newBuilderForType();
    read(in.readAllBytes(), builder);
    @SuppressWarnings("unchecked") // The builder is that of the marshaller's own prototype.
    T message = (T) builder.build();
    return message;
  }
}
