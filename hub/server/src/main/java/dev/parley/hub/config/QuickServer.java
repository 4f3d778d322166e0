package dev.parley.hub.config;

import dev.parley.core.model.Capability;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A server that the environment names for one thing.
 *
 * @param id of the backend that it becomes
 * @param capability what it is named for
 * @param type its kind; empty when it has to be asked
 * @param key what it is shown with every call
 * @param models what it serves, the default first; empty when it has to be asked
 * @param chosenBy the variable that made it a backend
 * @param variables the variables that say something of it, by the key of a backend
 */
public record QuickServer(
    String id,
    Capability capability,
    URI baseUrl,
    Optional<String> type,
    Optional<Secret> key,
    List<String> models,
    String chosenBy,
    Map<String, String> variables) {

  /** What a server is taken for until it tells its kind. */
  static final String TYPE_DEFAULT = "openai";

  /** Takes its key in a header of its own. */
  private static final String PROVIDER = "voicebox-provider";

  /** Kinds whose lists of models do not say what a model is for. */
  private static final Set<String> SILENT = Set.of(TYPE_DEFAULT, "vllm", "llama-server", "ollama");

  private static final Pattern SPEAKING = Pattern.compile("(?i)tts|speech|voice|kokoro|orpheus");
  private static final Pattern HEARING =
      Pattern.compile("(?i)whisper|transcri|(?<![a-z])(?:asr|stt)|parakeet|canary|voxtral");

  public QuickServer {
    Names.requireBackend(id);
    baseUrl = BaseUrl.normalised(baseUrl);
    models = List.copyOf(models);
    variables = Map.copyOf(variables);
  }

  /** Whether what it is can only be learned from it. */
  public boolean mustBeAsked() {
    return type.isEmpty();
  }

  /** The port of this machine that it listens on; empty for a server elsewhere. */
  public OptionalInt portHere() {
    if (!isHere()) {
      return OptionalInt.empty();
    }
    int usual = "https".equalsIgnoreCase(baseUrl.getScheme()) ? 443 : 80;
    return OptionalInt.of(baseUrl.getPort() == -1 ? usual : baseUrl.getPort());
  }

  private boolean isHere() {
    String host = baseUrl.getHost();
    return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  /** The backend, as far as it is known. */
  BackendConfig backend(Optional<ServerFacts> told) {
    String kind = type.or(() -> told.map(ServerFacts::type)).orElse(TYPE_DEFAULT);
    return new BackendConfig(
        id,
        kind,
        baseUrl,
        auth(kind),
        served(kind, told).stream().map(this::model).toList(),
        TimeoutsConfig.DEFAULT,
        LimitsConfig.DEFAULT,
        BreakerConfig.DEFAULT,
        RetryConfig.DEFAULT,
        isHere(),
        Map.of());
  }

  private AuthConfig auth(String kind) {
    return key.<AuthConfig>map(secret ->
            kind.equals(PROVIDER)
                ? new AuthConfig.Header("x-api-key", secret)
                : new AuthConfig.Bearer(secret))
        .orElseGet(AuthConfig.None::new);
  }

  /**
   * A server that is named for one thing has models for it, whatever they are called. Where it has
   * models of all kinds, those count whose names say that they are for it.
   */
  private List<String> served(String kind, Optional<ServerFacts> told) {
    if (!models.isEmpty() || !SILENT.contains(kind)) {
      return models;
    }
    List<String> listed = told.map(ServerFacts::models).orElse(List.of());
    Pattern name = capability == Capability.TTS ? SPEAKING : HEARING;
    List<String> named = listed.stream().filter(model -> name.matcher(model).find()).toList();
    return named.isEmpty() ? listed : named;
  }

  private BackendModelConfig model(String name) {
    BackendModelConfig unsaid = BackendModelConfig.named(name);
    return new BackendModelConfig(
        name,
        Set.of(capability),
        unsaid.inputModalities(),
        unsaid.outputModalities(),
        unsaid.contextLength(),
        unsaid.sampleRateHz(),
        unsaid.languages(),
        unsaid.price(),
        unsaid.voice(),
        unsaid.voices());
  }

  /** Where the values of its backend come from, by the key of a backend. */
  Map<String, Origin> origins(BackendConfig backend) {
    Map<String, Origin> origins = new HashMap<>();
    Origin chosen = new Origin.Variable(chosenBy);
    Origin told = new Origin.Told();
    boolean known = type.isPresent();
    origins.put("id", chosen);
    origins.put("type", known ? chosen : told);
    if (!known && backend.type().equals(TYPE_DEFAULT) && backend.models().isEmpty()) {
      // It did not answer yet, so this is a guess.
      origins.remove("type");
    }
    variables.forEach((key, variable) -> origins.put(key, new Origin.Variable(variable)));
    if (key.isPresent()) {
      List<String> keys = new ArrayList<>(List.of("scheme", "token", "name", "value"));
      String variable = variables.getOrDefault("auth", chosenBy);
      keys.forEach(each -> origins.put("auth." + each, new Origin.Variable(variable)));
    }
    for (int i = 0; i < backend.models().size(); i++) {
      Origin model =
          Optional.ofNullable(variables.get("models"))
              .<Origin>map(Origin.Variable::new)
              .orElseGet(models.isEmpty() ? Origin.Told::new : Origin.Default::new);
      origins.put("models[" + i + "].id", model);
      origins.put("models[" + i + "].capabilities", chosen);
    }
    return origins;
  }
}
