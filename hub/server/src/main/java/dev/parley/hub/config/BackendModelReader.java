package dev.parley.hub.config;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the models of a backend. */
final class BackendModelReader {

  /** What a model may say besides its id; a flat entry says it of its only model. */
  static final List<String> KEYS_BESIDES_ID =
      List.of(
          "capabilities",
          "input_modalities",
          "output_modalities",
          "context_length",
          "sample_rate_hz",
          "languages",
          "price",
          "voice",
          "voices");

  private static final List<String> KEYS = Keys.joined(List.of("id"), KEYS_BESIDES_ID);

  private BackendModelReader() {}

  static List<BackendModelConfig> readAll(Reading reading, YamlMap backend) {
    List<BackendModelConfig> models = new ArrayList<>();
    Spot list = backend.spot("models");
    List<Node> items = backend.items("models");
    UniqueIds ids = new UniqueIds(reading);
    for (int i = 0; i < items.size(); i++) {
      YamlMap map = YamlMap.of(reading, items.get(i), list.item(i), KEYS);
      Optional<String> id =
          map.required("id", Names.MODEL_ALLOWED)
              .filter(text -> text.matching(Names::isModel, Names.MODEL_ALLOWED).isPresent())
              .filter(ids::add)
              .map(Text::value);
      // Read even without a good id, for the other problems it may have.
      BackendModelConfig model = read(map, id.orElse("unusable"));
      if (id.isPresent()) {
        models.add(model);
      }
    }
    return models;
  }

  static BackendModelConfig read(YamlMap map, String id) {
    return new BackendModelConfig(
        id,
        named(map, "capabilities", Capability::byName, Capability.wireNames()),
        named(map, "input_modalities", Modality::byName, Modality.wireNames()),
        named(map, "output_modalities", Modality::byName, Modality.wireNames()),
        map.whole("context_length", BackendModelConfig.CONTEXT_LENGTH_RANGE),
        map.whole("sample_rate_hz", BackendModelConfig.SAMPLE_RATE_RANGE),
        languages(map),
        PriceReader.read(map),
        map.text("voice").flatMap(BackendModelReader::voice).orElse(""),
        voices(map));
  }

  private static Map<String, String> voices(YamlMap map) {
    Map<String, String> voices = new LinkedHashMap<>();
    map.names("voices")
        .ifPresent(names -> {
          List<String> keys = names.keys();
          if (keys.size() > BackendModelConfig.VOICES_MAX) {
            names.problem("too many voices", "at most " + BackendModelConfig.VOICES_MAX);
            return;
          }
          for (String name : keys) {
            if (BackendModelConfig.isVoice(name)) {
              names
                  .required(name, "the model's own name of the voice")
                  .flatMap(BackendModelReader::voice)
                  .ifPresent(own -> voices.put(name, own));
            } else {
              names.problem("an unusable name", BackendModelConfig.VOICE_ALLOWED);
            }
          }
        });
    return voices;
  }

  private static Optional<String> voice(Text text) {
    return text.matching(BackendModelConfig::isVoice, BackendModelConfig.VOICE_ALLOWED);
  }

  private static <T> Set<T> named(
      YamlMap map, String key, Function<String, Optional<T>> byName, List<String> known) {
    Set<T> values = new LinkedHashSet<>();
    map.texts(key).forEach(text -> text.named(byName, known).ifPresent(values::add));
    return values;
  }

  private static List<String> languages(YamlMap map) {
    return map.texts("languages").stream()
        .flatMap(text ->
            text
                .matching(BackendModelConfig::isLanguage, "a language tag such as en or pt-BR")
                .stream())
        .toList();
  }
}
