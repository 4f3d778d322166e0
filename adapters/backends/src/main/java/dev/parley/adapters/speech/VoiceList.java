package dev.parley.adapters.speech;

import dev.parley.adapters.http.BackendClient;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of voices: an array, alone or as {@code voices}, of names or of objects that have one
 * as {@code name}, {@code id} or {@code voice_id}.
 */
public final class VoiceList {

  private static final int VOICES_MAX = 10_000;

  private VoiceList() {}

  /**
   * The voices that a server tells for a model; empty when it has no such route.
   *
   * @throws HubException if it cannot be asked
   */
  public static Optional<List<PresetVoice>> read(
      BackendClient.Answer answer, Target target, String model) {
    if (answer.status() == 404 || answer.status() == 405 || answer.status() == 501) {
      return Optional.empty();
    }
    if (!answer.ok()) {
      throw failed(target, OptionalInt.of(answer.status()), "its list of voices cannot be read");
    }
    JsonValue list = list(answer, target);
    List<PresetVoice> voices = new ArrayList<>();
    for (JsonValue entry : list.elements()) {
      String name = name(entry);
      if (!name.isEmpty() && serves(entry, model) && voices.size() < VOICES_MAX) {
        voices.add(new PresetVoice(name, languages(entry)));
      }
    }
    return Optional.of(List.copyOf(voices));
  }

  /** The names in another list of the same answer; none when it has no such list. */
  public static List<String> names(BackendClient.Answer answer, String member) {
    try {
      JsonValue body = Json.parse(answer.body());
      JsonValue list = body.isObject() ? body.get(member) : null;
      List<String> names = new ArrayList<>();
      if (list != null && list.isArray()) {
        list.elements().forEach(entry -> names.add(name(entry)));
      }
      return names;
    } catch (JsonSyntaxException _) {
      return List.of();
    }
  }

  private static JsonValue list(BackendClient.Answer answer, Target target) {
    try {
      JsonValue body = Json.parse(answer.body());
      JsonValue list = body.isObject() ? body.get("voices") : body;
      if (list != null && list.isArray()) {
        return list;
      }
    } catch (JsonSyntaxException _) {
      // Told below.
    }
    throw failed(target, OptionalInt.empty(), "its list of voices is not readable");
  }

  private static String name(JsonValue entry) {
    if (entry.isString()) {
      return entry.asString();
    }
    for (String member : List.of("name", "id", "voice_id")) {
      JsonValue value = entry.isObject() ? entry.get(member) : null;
      if (value != null && value.isString() && !value.isEmptyString()) {
        return value.asString();
      }
    }
    return "";
  }

  /** An entry may belong to one of several models. */
  private static boolean serves(JsonValue entry, String model) {
    JsonValue of = entry.isObject() ? entry.get("model_id") : null;
    return of == null || !of.isString() || of.textEquals(model);
  }

  private static List<String> languages(JsonValue entry) {
    if (!entry.isObject()) {
      return List.of();
    }
    List<String> tags = new ArrayList<>();
    addTag(tags, entry.get("language"));
    JsonValue several = entry.get("languages");
    if (tags.isEmpty() && several != null && several.isArray()) {
      several.elements().forEach(tag -> addTag(tags, tag));
    }
    return tags;
  }

  private static void addTag(List<String> tags, @Nullable JsonValue tag) {
    if (tag != null && tag.isString() && !tag.isEmptyString()) {
      tags.add(tag.asString());
    }
  }

  private static HubException failed(Target target, OptionalInt status, String detail) {
    return new HubException(
        new HubError.BackendFailed(target, status, detail, HubError.Reached.BACKEND));
  }
}
