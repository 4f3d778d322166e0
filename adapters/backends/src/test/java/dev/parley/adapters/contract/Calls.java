package dev.parley.adapters.contract;

import dev.parley.adapters.BackendTypes;
import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Caller;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Modality;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import dev.parley.core.spi.Credentials;
import dev.parley.core.spi.ModelInfo;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Opens backends and makes calls as the hub does. */
public final class Calls {

  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

  private Calls() {}

  /** A backend of that kind at that address. */
  public static Backend open(String type, URI address) {
    return open(type, address, new Credentials.None(), Map.of());
  }

  /** A backend of that kind that is given so long to read a request. */
  public static Backend open(String type, URI address, Duration writeTimeout) {
    return open(type, address, new Credentials.None(), Map.of(), writeTimeout);
  }

  static Backend open(
      String type, URI address, Credentials credentials, Map<String, String> headers) {
    return open(type, address, credentials, headers, Duration.ofSeconds(5));
  }

  private static Backend open(
      String type,
      URI address,
      Credentials credentials,
      Map<String, String> headers,
      Duration writeTimeout) {
    return open(type, spec(type, address, credentials, headers, writeTimeout, List.of(), Map.of()));
  }

  /** A backend of which the operator said more: its models, and the rates of their PCM. */
  static Backend open(
      String type,
      URI address,
      Credentials credentials,
      Map<String, String> headers,
      List<ModelInfo> models,
      Map<String, Integer> sampleRatesHz) {
    return open(
        type,
        spec(type, address, credentials, headers, Duration.ofSeconds(5), models, sampleRatesHz));
  }

  private static Backend open(String type, BackendSpec spec) {
    return type(type).open(spec);
  }

  private static BackendSpec spec(
      String type,
      URI address,
      Credentials credentials,
      Map<String, String> headers,
      Duration writeTimeout,
      List<ModelInfo> models,
      Map<String, Integer> sampleRatesHz) {
    return new BackendSpec(
        "under-test",
        type,
        address,
        credentials,
        headers,
        Duration.ofSeconds(2),
        writeTimeout,
        8 << 20,
        models,
        sampleRatesHz);
  }

  static BackendType type(String name) {
    return BackendTypes.all(new HttpTransport(LOOPS)).stream()
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A call whose head is read off its document as the edge does. */
  public static DocumentCall call(CallKind kind, String json) {
    JsonValue document = Json.parse(json.getBytes(StandardCharsets.UTF_8));
    JsonValue stream = document.get("stream");
    Set<Modality> outputs = EnumSet.of(Modality.TEXT);
    JsonValue modalities = document.get("modalities");
    if (modalities != null && modalities.raw().contains("audio")) {
      outputs.add(Modality.AUDIO);
    }
    CallHead head =
        new CallHead(
            "any", stream != null && stream.asBoolean(), false, Set.of(Modality.TEXT), outputs);
    return new DocumentCall(kind, document, head, "req-1", Map.of(), Caller.ANYONE);
  }

  /** A member that has to be there. */
  public static JsonValue at(JsonValue object, String name) {
    return Objects.requireNonNull(object.get(name), name);
  }

  /** A chat call with one user text; {@code more} is spliced in behind it. */
  public static DocumentCall chat(String text, boolean stream, String more) {
    return call(
        CallKind.CHAT,
        "{\"model\":\"any\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
            .formatted(stream, text, more));
  }
}
