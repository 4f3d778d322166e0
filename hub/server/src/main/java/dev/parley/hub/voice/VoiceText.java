package dev.parley.hub.voice;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Voices and parts of them as the JSON texts that the database keeps. */
final class VoiceText {

  private VoiceText() {}

  static String list(List<String> values) {
    JsonWriter json = new JsonWriter().beginArray();
    values.forEach(json::value);
    return text(json.endArray());
  }

  /** In the order of the names, so that the same map is the same text. */
  static String map(Map<String, String> values) {
    JsonWriter json = new JsonWriter().beginObject();
    new TreeMap<>(values).forEach(json::member);
    return text(json.endObject());
  }

  static List<String> list(String json) {
    return list(parsed(json));
  }

  private static List<String> list(JsonValue json) {
    List<String> values = new ArrayList<>();
    json.elements().forEach(value -> values.add(value.asString()));
    return values;
  }

  static Map<String, String> map(String json) {
    return map(parsed(json));
  }

  private static Map<String, String> map(JsonValue json) {
    Map<String, String> values = new TreeMap<>();
    for (JsonMember member : json.object()) {
      values.put(member.name(), member.value().asString());
    }
    return values;
  }

  /** A whole voice. */
  static String voice(LibraryVoice voice) {
    JsonWriter json = new JsonWriter(1_024).beginObject();
    json.member("id", voice.id()).member("name", voice.name());
    json.name("languages").raw(list(voice.languages()));
    json.name("references").beginArray();
    for (VoiceReference reference : voice.references()) {
      json.beginObject().member("id", reference.id()).member("sha256", reference.sha256());
      json.member("seconds", reference.seconds());
      json.member("sample_rate_hz", reference.sampleRateHz());
      json.member("transcript", reference.transcript());
      json.member("speech_seconds", reference.speechSeconds());
      json.member("loudness_lufs", reference.loudnessLufs());
      json.member("snr_db", reference.snrDb());
      json.member("clipped_ratio", reference.clippedRatio()).endObject();
    }
    json.endArray().member("created_millis", voice.createdAt().toEpochMilli());
    json.name("labels").raw(map(voice.labels())).member("etag", voice.etag());
    return text(json.member("extra_json", voice.extraJson()).endObject());
  }

  static LibraryVoice voice(String text) {
    JsonValue json = parsed(text);
    List<VoiceReference> references = new ArrayList<>();
    for (JsonValue each : member(json, "references").elements()) {
      references.add(
          new VoiceReference(
              string(each, "id"),
              string(each, "sha256"),
              member(each, "seconds").asDouble(),
              Math.toIntExact(member(each, "sample_rate_hz").asLong()),
              string(each, "transcript"),
              member(each, "speech_seconds").asDouble(),
              member(each, "loudness_lufs").asDouble(),
              member(each, "snr_db").asDouble(),
              member(each, "clipped_ratio").asDouble()));
    }
    return new LibraryVoice(
        string(json, "id"),
        string(json, "name"),
        list(member(json, "languages")),
        references,
        Instant.ofEpochMilli(member(json, "created_millis").asLong()),
        map(member(json, "labels")),
        string(json, "etag"),
        string(json, "extra_json"));
  }

  private static JsonValue parsed(String json) {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonValue member(JsonValue json, String name) {
    return Objects.requireNonNull(json.get(name), name);
  }

  private static String string(JsonValue json, String name) {
    return member(json, name).asString();
  }

  private static String text(JsonWriter json) {
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }
}
