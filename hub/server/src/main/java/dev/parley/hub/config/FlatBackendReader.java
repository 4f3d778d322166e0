package dev.parley.hub.config;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads an entry that means one backend with one model: its id is the model's, and the backend gets
 * an id made from it. Without a type, whatever gives audio is taken for a vllm-omni server and
 * anything else for one that speaks the OpenAI dialect.
 */
final class FlatBackendReader {

  private static final List<String> KEYS =
      Keys.joined(
          List.of("id"),
          BackendReader.SHARED_KEYS,
          List.of("auth_user", "auth_password"),
          BackendModelReader.KEYS_BESIDES_ID);
  private static final Set<Capability> SPEAKS =
      Set.of(Capability.TTS, Capability.VOICE_CLONE, Capability.REALTIME);
  private static final Pattern NOT_IN_IDS = Pattern.compile("[^a-z0-9._]+");
  private static final int SLUG_CHARS_MAX = 56;

  private FlatBackendReader() {}

  static boolean isFlat(YamlMap map) {
    return !map.keys().contains("models")
        && (!map.has("type") || map.keys().stream().anyMatch(FlatBackendReader::isOnlyFlat));
  }

  private static boolean isOnlyFlat(String key) {
    return key.startsWith("auth_") || BackendModelReader.KEYS_BESIDES_ID.contains(key);
  }

  static BackendConfig read(Reading reading, YamlMap map, String modelId, String backendId) {
    map.refuseOthers(KEYS);
    String effective = map.spot().effective();
    BackendModelConfig model =
        BackendModelReader.read(map.standingFor(effective + ".models[0]"), modelId);
    map.text("id")
        .ifPresent(id -> reading.origin(effective + ".models[0].id", new Origin.InFile(id.line())));
    BackendReader common = new BackendReader(reading, map);
    String type =
        map.has("type")
            ? map.text("type").flatMap(common::type).orElse("")
            : inferredType(reading, map, model);
    return common.read(backendId, type, auth(reading, map), List.of(model));
  }

  private static AuthConfig auth(Reading reading, YamlMap map) {
    if (!map.has("auth")) {
      return AuthReader.readFlat(map, map.spot("auth"));
    }
    for (String key : List.of("auth_user", "auth_password")) {
      if (map.has(key)) {
        reading.problem(
            map.line(key), map.spot(key).path(), "given besides auth", "either auth or this key");
      }
    }
    return map.node("auth")
        .map(node -> AuthReader.read(reading, node, map.spot("auth")))
        .orElseGet(AuthConfig.None::new);
  }

  private static String inferredType(Reading reading, YamlMap map, BackendModelConfig model) {
    boolean speaks =
        model.outputModalities().contains(Modality.AUDIO)
            || model.capabilities().stream().anyMatch(SPEAKS::contains);
    String type = speaks ? "vllm-omni" : "openai";
    if (!reading.backendTypes().contains(type)) {
      String known = String.join(", ", reading.backendTypes().stream().sorted().toList());
      map.missing("type", "one of " + known);
    }
    return type;
  }

  /**
   * A backend id made from a model id: lower case, other characters as dashes, a number if taken.
   */
  static String backendId(String modelId, Predicate<String> isFree) {
    String dashed = NOT_IN_IDS.matcher(modelId.toLowerCase(Locale.ROOT)).replaceAll("-");
    String trimmed = dashed.replaceAll("^[^a-z0-9]+|-+$", "");
    String slug = trimmed.isEmpty() ? "backend" : trimmed;
    String base = slug.substring(0, Math.min(slug.length(), SLUG_CHARS_MAX));
    String id = base;
    for (int number = 2; !isFree.test(id); number++) {
      id = base + "-" + number;
    }
    return id;
  }
}
