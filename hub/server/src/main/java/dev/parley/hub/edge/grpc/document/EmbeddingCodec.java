package dev.parley.hub.edge.grpc.document;

import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.Modality;
import dev.parley.proto.v1.EmbedRequest;
import dev.parley.proto.v1.EmbedResponse;
import dev.parley.proto.v1.Embedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** Embedding requests and answers. */
public final class EmbeddingCodec {

  private static final Set<String> MEMBERS = Set.of("model", "input", "dimensions", "user");

  private EmbeddingCodec() {}

  /** The request as a document. */
  public static JsonValue document(EmbedRequest request) {
    JsonWriter out = new JsonWriter(512).beginObject();
    Parts.optional(out, "model", request.getModel());
    Prompts.write(out, "input", request.getInputsList(), "inputs");
    if (request.hasDimensions()) {
      out.member("dimensions", request.getDimensions());
    }
    Parts.optional(out, "user", request.getUser());
    Extra.of(request.getExtraJson(), "").writeTo(out, MEMBERS);
    return out.endObject().toValue();
  }

  /** What routing needs to know of the request. */
  public static CallHead head(EmbedRequest request) {
    return new CallHead(
        request.getModel(), false, false, Set.of(Modality.TEXT), Set.of(Modality.TEXT));
  }

  /** Reads an embedding list whose vectors are numbers or Base64 of little-endian floats. */
  public static EmbedResponse read(JsonValue json) {
    ObjectReader reader = new ObjectReader(json);
    EmbedResponse.Builder response = EmbedResponse.newBuilder();
    reader.string("object");
    response.setModel(reader.string("model"));
    JsonValue data = reader.take("data", Answers::isObjects);
    if (data != null) {
      readAll(reader, data, response);
    }
    JsonValue usage = reader.object("usage");
    if (usage != null) {
      response.setUsage(Usages.read(usage));
    }
    return response.setExtraJson(reader.extra()).build();
  }

  /** An Embedding has no place for unknown members: they stay under {@code data}, by index. */
  private static void readAll(ObjectReader reader, JsonValue data, EmbedResponse.Builder response) {
    JsonWriter left = new JsonWriter().beginArray();
    boolean any = false;
    int position = 0;
    for (JsonValue item : data.elements()) {
      ObjectReader inner = new ObjectReader(item);
      inner.string("object");
      Integer index = inner.int32("index");
      Embedding.Builder embedding =
          Embedding.newBuilder().setIndex(index == null ? position : index);
      inner.take("embedding", value -> vector(value, embedding));
      response.addEmbeddings(embedding);
      String extra = inner.extra();
      if (!extra.isEmpty()) {
        any = true;
        left.beginObject().member("index", embedding.getIndex());
        left.members(Extra.rawValue(extra, "data").object()).endObject();
      }
      position++;
    }
    if (any) {
      reader.leaveRaw("data", left.endArray().toValue().raw());
    }
  }

  private static boolean vector(JsonValue value, Embedding.Builder embedding) {
    if (value.isString()) {
      return packed(value.asString(), embedding);
    }
    if (!value.isArray()) {
      return false;
    }
    for (JsonValue number : value.elements()) {
      if (!number.isNumber()) {
        embedding.clearValues();
        return false;
      }
      embedding.addValues((float) number.asDouble());
    }
    return true;
  }

  private static boolean packed(String base64, Embedding.Builder embedding) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException _) {
      return false;
    }
    if (bytes.length % Float.BYTES != 0) {
      return false;
    }
    ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (floats.hasRemaining()) {
      embedding.addValues(floats.getFloat());
    }
    return true;
  }
}
