package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.model.Capability;
import dev.parley.core.model.NearestName;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the variables with which the hub serves what people have without a configuration file: all
 * of them, or tells every mistake at once. A variable that is empty or blank is not set, spaces
 * around a value do not count, and modes are the same in capitals. Pure; any thread.
 */
public final class QuickReader {

  static final String TTS_MODE = "TTS_MODE";
  static final String TTS_URL = "TTS_REMOTE_URL";
  static final String TTS_KEY = "TTS_API_KEY";
  static final String ASR_BACKEND = "ASR_BACKEND";
  static final String WHISPER_MODE = "WHISPER_MODE";
  static final String WHISPER_URL = "WHISPER_REMOTE_URL";
  static final String OPENAI_KEY = "OPENAI_API_KEY";
  static final String OPENAI_MODEL = "OPENAI_MODEL";
  static final String ROUTER_KEY = "ROUTER_API_KEY";
  static final String ROUTER_URL = "ROUTER_BASE_URL";
  static final String ROUTER_MODEL = "ROUTER_MODEL";

  /** Those that mean nothing to other programs. */
  private static final List<String> OWN =
      List.of(
          TTS_MODE,
          TTS_URL,
          TTS_KEY,
          ASR_BACKEND,
          WHISPER_MODE,
          WHISPER_URL,
          ROUTER_KEY,
          ROUTER_URL,
          ROUTER_MODEL);

  /** The second is the one model of OpenAI's that knows times of words and translates. */
  private static final List<String> OPENAI_MODELS = List.of("gpt-4o-transcribe", "whisper-1");

  private static final URI OPENAI = URI.create("https://api.openai.com/v1");
  private static final URI ROUTER = URI.create("https://openrouter.ai/api/v1");
  private static final String ROUTER_MODEL_DEFAULT = "openai/whisper-large-v3";

  /** Ends of addresses that name one call of a server, not the server. */
  private static final List<String> ROUTES = List.of("/audio/speech", "/audio/transcriptions");

  private static final String SOURCE = "environment";

  private enum TtsMode {
    LOCAL,
    REMOTE
  }

  private enum AsrBackend {
    LOCAL,
    OPENAI,
    ROUTER
  }

  private enum WhisperMode {
    LOCAL,
    REMOTE,
    OPENAI_API
  }

  private final Function<String, @Nullable String> environment;
  private final List<QuickServer> servers = new ArrayList<>();
  private final List<String> meanings = new ArrayList<>();
  private final List<Advice> advice = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private QuickReader(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * What the variables ask for.
   *
   * @param environment a variable's value, or null when it is not set
   */
  public static QuickConfig read(Function<String, @Nullable String> environment)
      throws ConfigException {
    QuickReader reader = new QuickReader(environment);
    reader.speech();
    reader.recognition();
    if (!reader.problems.isEmpty()) {
      throw new ConfigException(reader.problems);
    }
    return new QuickConfig(reader.servers, reader.meanings, reader.advice);
  }

  /**
   * The variables that are set and do not count because of a file. Those that the file reads itself
   * and those that other programs use as well are not among them.
   */
  public static List<String> ignored(
      Function<String, @Nullable String> environment, Origins ofFile) {
    Set<String> read = new TreeSet<>();
    for (Origin origin : ofFile.byPath().values()) {
      if (origin instanceof Origin.Environment(List<String> variables, _)) {
        read.addAll(variables);
      }
    }
    QuickReader reader = new QuickReader(environment);
    return OWN.stream().filter(name -> reader.isSet(name) && !read.contains(name)).toList();
  }

  private void speech() {
    Optional<TtsMode> said = mode(TTS_MODE, TtsMode.class);
    switch (said.orElse(isSet(TTS_URL) ? TtsMode.REMOTE : TtsMode.LOCAL)) {
      case LOCAL -> {
        said.ifPresent(_ -> means(TTS_MODE, "the speech engines that this machine has"));
        String why = said.isPresent() ? is(TTS_MODE, said.get()) : TTS_URL + " is not set";
        noEffect(why, TTS_URL, TTS_KEY);
      }
      case REMOTE -> remote("tts", Capability.TTS, TTS_URL, TTS_MODE, key(TTS_KEY));
    }
  }

  private void recognition() {
    Optional<AsrBackend> backend = mode(ASR_BACKEND, AsrBackend.class);
    Optional<WhisperMode> whisper = mode(WHISPER_MODE, WhisperMode.class);
    boolean openaiByMode = whisper.filter(WhisperMode.OPENAI_API::equals).isPresent();
    if (openaiByMode && backend.filter(AsrBackend.LOCAL::equals).isPresent()) {
      problems.add(
          problem(
              ASR_BACKEND,
              "\"local\", while " + is(WHISPER_MODE, WhisperMode.OPENAI_API),
              "openai, or another " + WHISPER_MODE,
              Optional.of("openai")));
      return;
    }
    String why =
        backend
            .map(mode -> is(ASR_BACKEND, mode))
            .or(() -> whisper.map(mode -> is(WHISPER_MODE, mode)))
            .orElse(ASR_BACKEND + " is not set");
    switch (backend.orElse(openaiByMode ? AsrBackend.OPENAI : AsrBackend.LOCAL)) {
      case LOCAL -> {
        whisper(whisper, backend);
        noEffect(why, ROUTER_KEY, ROUTER_URL, ROUTER_MODEL);
        // Other programs know these names, too; only who speaks of recognition means them here.
        if (backend.isPresent() || whisper.isPresent()) {
          noEffect(why, OPENAI_KEY, OPENAI_MODEL);
        }
      }
      case OPENAI -> {
        openai(backend.isPresent() ? ASR_BACKEND : WHISPER_MODE, why);
        if (!openaiByMode) {
          noEffect(why, WHISPER_MODE);
        }
        noEffect(why, WHISPER_URL, ROUTER_KEY, ROUTER_URL, ROUTER_MODEL);
      }
      case ROUTER -> {
        router(why);
        noEffect(why, WHISPER_MODE, WHISPER_URL, OPENAI_KEY, OPENAI_MODEL);
      }
    }
  }

  private void whisper(Optional<WhisperMode> said, Optional<AsrBackend> backend) {
    boolean remote = said.map(WhisperMode.REMOTE::equals).orElse(isSet(WHISPER_URL));
    if (remote) {
      backend.ifPresent(_ -> means(ASR_BACKEND, "what " + WHISPER_MODE + " says"));
      remote("whisper", Capability.STT, WHISPER_URL, WHISPER_MODE, Optional.empty());
      return;
    }
    String here = "the recognisers that answer on this machine";
    backend.ifPresent(_ -> means(ASR_BACKEND, here));
    said.ifPresent(mode -> {
      means(WHISPER_MODE, here);
      noEffect(is(WHISPER_MODE, mode), WHISPER_URL);
    });
  }

  /** A server of which only the address is known. */
  private void remote(
      String id, Capability capability, String urlName, String mode, Optional<Secret> key) {
    if (!isSet(urlName)) {
      missing(urlName, BaseUrl.ALLOWED + ", as " + mode + " is remote");
      return;
    }
    Optional<URI> url = url(urlName);
    if (url.isEmpty()) {
      return;
    }
    means(urlName, at(id, url.get()));
    Map<String, String> variables = new LinkedHashMap<>(Map.of("base_url", urlName));
    if (key.isPresent()) {
      means(TTS_KEY, keyOf(id));
      variables.put("auth", TTS_KEY);
    }
    servers.add(
        new QuickServer(
            id, capability, url.get(), Optional.empty(), key, List.of(), urlName, variables));
  }

  private void openai(String chosenBy, String why) {
    Optional<Secret> key = neededKey(OPENAI_KEY, why);
    Optional<String> model = model(OPENAI_MODEL);
    means(chosenBy, at("openai", OPENAI));
    means(OPENAI_KEY, keyOf("openai"));
    means(OPENAI_MODEL, modelOf("openai", model.orElse(OPENAI_MODELS.getFirst())), model);
    Map<String, String> variables = new LinkedHashMap<>(Map.of("auth", OPENAI_KEY));
    model.ifPresent(_ -> variables.put("models", OPENAI_MODEL));
    servers.add(
        new QuickServer(
            "openai",
            Capability.STT,
            OPENAI,
            Optional.of("openai"),
            key,
            model.map(List::of).orElse(OPENAI_MODELS),
            chosenBy,
            variables));
  }

  private void router(String why) {
    Optional<Secret> key = neededKey(ROUTER_KEY, why);
    Optional<String> model = model(ROUTER_MODEL);
    Optional<URI> url = isSet(ROUTER_URL) ? url(ROUTER_URL) : Optional.empty();
    means(ASR_BACKEND, at("router", url.orElse(ROUTER)));
    means(ROUTER_URL, url.orElse(ROUTER).toString(), url);
    means(ROUTER_KEY, keyOf("router"));
    means(ROUTER_MODEL, modelOf("router", model.orElse(ROUTER_MODEL_DEFAULT)), model);
    Map<String, String> variables = new LinkedHashMap<>(Map.of("auth", ROUTER_KEY));
    url.ifPresent(_ -> variables.put("base_url", ROUTER_URL));
    model.ifPresent(_ -> variables.put("models", ROUTER_MODEL));
    servers.add(
        new QuickServer(
            "router",
            Capability.STT,
            url.orElse(ROUTER),
            Optional.of("openrouter"),
            key,
            List.of(model.orElse(ROUTER_MODEL_DEFAULT)),
            ASR_BACKEND,
            variables));
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(environment.apply(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private boolean isSet(String name) {
    return value(name).isPresent();
  }

  private <E extends Enum<E>> Optional<E> mode(String name, Class<E> modes) {
    Optional<String> text = value(name);
    Map<String, E> known = new LinkedHashMap<>();
    Arrays.stream(modes.getEnumConstants()).forEach(mode -> known.put(wireName(mode), mode));
    Optional<E> mode = text.map(word -> known.get(word.toLowerCase(Locale.ROOT)));
    if (text.isPresent() && mode.isEmpty()) {
      problems.add(
          problem(
              name,
              Shown.quoted(text.get()),
              "one of " + String.join(", ", known.keySet()),
              NearestName.of(text.get(), known.keySet())));
    }
    return mode;
  }

  private static String wireName(Enum<?> mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String is(String name, Enum<?> mode) {
    return name + " is " + wireName(mode);
  }

  private Optional<URI> url(String name) {
    String text = value(name).orElseThrow();
    Optional<URI> url = BaseUrl.parse(text);
    Optional<String> base = ROUTES.stream().filter(stripped(text)::endsWith).findFirst();
    if (url.isPresent() && base.isEmpty()) {
      return url;
    }
    // A refused URL may hold a password or a key.
    boolean hidden = text.contains("@") || text.contains("?");
    Optional<String> meant =
        base.map(route -> stripped(text).substring(0, stripped(text).length() - route.length()))
            .or(() -> Optional.of("http://" + text).filter(_ -> !text.contains("://")))
            .filter(address -> !hidden && BaseUrl.parse(address).isPresent())
            .map(address -> Shown.escaped(address, Shown.CHARS_MAX));
    problems.add(problem(name, hidden ? Shown.HIDDEN : Shown.quoted(text), BaseUrl.ALLOWED, meant));
    return Optional.empty();
  }

  private static String stripped(String url) {
    return url.replaceAll("/+$", "");
  }

  private Optional<Secret> neededKey(String name, String why) {
    if (!isSet(name)) {
      missing(name, "a key, as " + why);
    }
    return key(name);
  }

  private Optional<Secret> key(String name) {
    Optional<String> text = value(name);
    Optional<Secret> key = text.filter(Secret::fits).map(Secret::new);
    if (text.isPresent() && key.isEmpty()) {
      problems.add(
          problem(
              name,
              Shown.HIDDEN,
              "1 to " + Secret.CHARS_MAX + " characters without line ends and control characters"));
    }
    return key;
  }

  private Optional<String> model(String name) {
    Optional<String> text = value(name);
    Optional<String> model = text.filter(Names::isModel);
    if (text.isPresent() && model.isEmpty()) {
      problems.add(problem(name, Shown.quoted(text.get()), Names.MODEL_ALLOWED));
    }
    return model;
  }

  private void missing(String name, String allowed) {
    problems.add(problem(name, "missing", allowed));
  }

  static Problem problem(String name, String found, String allowed) {
    return problem(name, found, allowed, Optional.empty());
  }

  private static Problem problem(
      String name, String found, String allowed, Optional<String> nearest) {
    return new Problem(SOURCE, 0, name, found, allowed, nearest);
  }

  private void noEffect(String why, String... names) {
    for (String name : names) {
      if (isSet(name)) {
        advice.add(new Advice(SOURCE, 0, name, "no effect, as " + why));
      }
    }
  }

  private void means(String name, String what) {
    meanings.add(name + " -> " + what);
  }

  /** Tells also what holds where the variable is not set. */
  private void means(String name, String what, Optional<?> said) {
    means(name, what + (said.isPresent() ? "" : " (default)"));
  }

  private static String at(String id, URI url) {
    return "backend " + id + " at " + url;
  }

  private static String keyOf(String id) {
    return "key of backend " + id + " (set)";
  }

  private static String modelOf(String id, String model) {
    return "model " + model + " of backend " + id + ", the default for stt";
  }
}
