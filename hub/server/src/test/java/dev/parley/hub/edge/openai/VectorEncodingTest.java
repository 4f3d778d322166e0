package dev.parley.hub.edge.openai;

import static dev.parley.hub.fake.Events.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Caller;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import dev.parley.hub.fake.Events;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class VectorEncodingTest {

  private static final Target TARGET = new Target("b", "m");

  @Property
  void bothWaysKeepEveryFloat(@ForAll @Size(max = 20) List<Float> vector) {
    String base64 = base64(vector);
    JsonValue numbers = asAsked("float", body('"' + base64 + '"'));
    assertThat(floats(numbers)).isEqualTo(vector);
    JsonValue again = asAsked("base64", numbers);
    assertThat(embedding(again).asString()).isEqualTo(base64);
  }

  @Example
  void keepsTheBytesOfWhatIsRightAlready() {
    JsonValue floats = body("[ 1.0 , 2e0 ]");
    assertThat(asAsked("float", floats)).isSameAs(floats);
    assertThat(asAsked("", floats)).isSameAs(floats);
    JsonValue encoded = body("\"AACAPw==\"");
    assertThat(asAsked("base64", encoded)).isSameAs(encoded);
  }

  @Example
  void keepsEverythingAroundTheVectors() {
    JsonValue changed = asAsked("base64", body("[1]"));
    assertThat(changed.raw())
        .isEqualTo(
            "{\"object\":\"list\", \"data\":[{\"index\":0,\"embedding\":\"AACAPw==\"}],\"x\":1}");
  }

  @Example
  void whatIsNoVectorIsTheBackendsFault() {
    assertBackendFault("float", "\"!!!\"");
    // Three bytes are no float.
    assertBackendFault("float", "\"AACA\"");
    // Not a number has no spelling in JSON.
    assertBackendFault("float", "\"AADAfw==\"");
    assertBackendFault("base64", "[1,\"x\"]");
    assertBackendFault("base64", "{}");
    assertBackendFault("base64", "null");
  }

  private static void assertBackendFault(String format, String vector) {
    assertThatThrownBy(() -> asAsked(format, body(vector)))
        .isInstanceOfSatisfying(
            HubException.class,
            e -> assertThat(e.error()).isInstanceOf(HubError.BackendFailed.class));
  }

  private static JsonValue asAsked(String format, JsonValue body) {
    String asked = format.isEmpty() ? "{}" : "{\"encoding_format\":\"" + format + "\"}";
    DocumentCall call =
        new DocumentCall(
            CallKind.EMBEDDING, json(asked), Events.head("m"), "r", Map.of(), Caller.ANYONE);
    return VectorEncoding.asAsked(call, TARGET, body);
  }

  private static JsonValue body(String vector) {
    return json(
        "{\"object\":\"list\", \"data\":[{\"index\":0,\"embedding\":" + vector + "}],\"x\":1}");
  }

  private static JsonValue embedding(JsonValue body) {
    JsonValue entry = Objects.requireNonNull(body.get("data")).elements().iterator().next();
    return Objects.requireNonNull(entry.get("embedding"));
  }

  private static List<Float> floats(JsonValue body) {
    List<Float> found = new ArrayList<>();
    embedding(body).elements().forEach(number -> found.add((float) number.asDouble()));
    return found;
  }

  private static String base64(List<Float> vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    vector.forEach(bytes::putFloat);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
