package dev.parley.hub.app;

import dev.parley.core.error.Shown;
import dev.parley.core.model.Amounts;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Privacy;
import dev.parley.core.model.Scope;
import dev.parley.core.model.Traits;
import dev.parley.hub.config.DurationText;
import dev.parley.hub.config.SizeText;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads from the command line what a call that nobody makes would be like. */
final class RouteQuestion {

  private static final int COUNT_MAX = 999_999_999;

  private static final Option CAPABILITY =
      new Option("capability", "NAME", "what it asks for: chat (as without), embedding, stt, …");
  private static final Option STREAM = new Option("stream", "", "the answer is wanted in pieces");
  private static final Option INPUT =
      new Option("input", "KINDS", "content given: image,audio,…; text as without");
  private static final Option OUTPUT = new Option("output", "KINDS", "content wanted");
  private static final Option LANGUAGE = new Option("language", "TAG", "such as en or de-CH");
  private static final Option SIZE = new Option("size", "SIZE", "of an upload, such as 12MiB");
  private static final Option AUDIO = new Option("audio", "DURATION", "its length, such as 90s");
  private static final Option CHARACTERS = new Option("characters", "N", "of a text to be spoken");
  private static final Option TOKENS = new Option("tokens", "N", "of the prompt, estimated");
  private static final Option PRIORITY =
      new Option("priority", "NAME", "interactive, standard or batch");
  private static final Option PRIVACY = new Option("privacy", "WORD", "anywhere or local_only");
  private static final Option TAG = new Option("tag", "NAMES", "the caller's tags: a,b");
  private static final Option KEY = new Option("key", "NAME", "name of the caller's key");
  private static final Option SESSION = new Option("session", "NAME", "of a conversation");
  private static final Option VOICE = new Option("voice", "NAME", "the voice to speak with");
  private static final Option BACKEND = new Option("backend", "ID", "the only one that may serve");

  private RouteQuestion() {}

  static List<Option> options() {
    return List.of(
        CAPABILITY,
        STREAM,
        INPUT,
        OUTPUT,
        LANGUAGE,
        SIZE,
        AUDIO,
        CHARACTERS,
        TOKENS,
        PRIORITY,
        PRIVACY,
        TAG,
        KEY,
        SESSION,
        VOICE,
        BACKEND);
  }

  /** The call that the options describe; by the default name of its capability without a word. */
  static Traits of(Arguments arguments) throws UsageException {
    Capability capability =
        one(arguments, CAPABILITY, Capability::byName, Capability.wireNames())
            .orElse(Capability.CHAT);
    String model = arguments.words().isEmpty() ? "" : arguments.words().getFirst();
    return Traits.of(capability, model)
        .withStream(arguments.has(STREAM))
        .withContent(modalities(arguments, INPUT), modalities(arguments, OUTPUT))
        .withLanguage(arguments.get(LANGUAGE).orElse(""))
        .withVoice(arguments.get(VOICE).orElse(""))
        .withAmounts(amounts(arguments))
        .withCaller(caller(arguments));
  }

  private static Amounts amounts(Arguments arguments) throws UsageException {
    return new Amounts(
        count(arguments, TOKENS),
        Amounts.UNKNOWN,
        bytes(arguments),
        audioMillis(arguments),
        count(arguments, CHARACTERS));
  }

  private static long count(Arguments arguments, Option option) throws UsageException {
    return arguments.number(option, 0, COUNT_MAX).map(Integer::longValue).orElse(Amounts.UNKNOWN);
  }

  private static long bytes(Arguments arguments) throws UsageException {
    Optional<String> text = arguments.get(SIZE);
    if (text.isEmpty()) {
      return Amounts.UNKNOWN;
    }
    OptionalLong bytes = SizeText.parse(text.get());
    if (bytes.isEmpty()) {
      throw refused(SIZE, text.get(), "a size such as 12MiB");
    }
    return bytes.getAsLong();
  }

  private static long audioMillis(Arguments arguments) throws UsageException {
    Optional<String> text = arguments.get(AUDIO);
    if (text.isEmpty()) {
      return Amounts.UNKNOWN;
    }
    Optional<Duration> length = DurationText.parse(text.get());
    if (length.isEmpty()) {
      throw refused(AUDIO, text.get(), "a duration such as 90s");
    }
    return length.get().toMillis();
  }

  private static Caller caller(Arguments arguments) throws UsageException {
    return new Caller(
        arguments.get(KEY).orElse(""),
        "",
        arguments.get(TAG).map(RouteQuestion::between).map(Set::copyOf).orElse(Set.of()),
        arguments.get(SESSION).orElse(""),
        one(arguments, PRIORITY, Priority::byName, Priority.wireNames()).orElse(Priority.STANDARD),
        privacy(arguments),
        arguments.get(BACKEND).orElse(""),
        Scope.EVERYTHING);
  }

  private static Privacy privacy(Arguments arguments) throws UsageException {
    String word = arguments.get(PRIVACY).orElse("anywhere");
    return switch (word) {
      case "anywhere" -> Privacy.ANYWHERE;
      case "local_only" -> Privacy.LOCAL_ONLY;
      default -> throw refused(PRIVACY, word, "anywhere or local_only");
    };
  }

  private static Set<Modality> modalities(Arguments arguments, Option option)
      throws UsageException {
    Set<Modality> found = EnumSet.noneOf(Modality.class);
    for (String name : arguments.get(option).map(RouteQuestion::between).orElse(Set.of())) {
      found.add(
          Modality.byName(name)
              .orElseThrow(() -> unknown("kind of content", name, Modality.wireNames())));
    }
    return found;
  }

  private static <T> Optional<T> one(
      Arguments arguments, Option option, Function<String, Optional<T>> byName, List<String> known)
      throws UsageException {
    Optional<String> name = arguments.get(option);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> found = byName.apply(name.get());
    if (found.isEmpty()) {
      throw unknown(option.name(), name.get(), known);
    }
    return found;
  }

  private static Set<String> between(String commas) {
    return Arrays.stream(commas.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static UsageException unknown(String kind, String name, List<String> known) {
    return new UsageException(Arguments.unknown(kind, name, known.stream()));
  }

  private static UsageException refused(Option option, String got, String expected) {
    return new UsageException(
        "--" + option.name() + ": " + Shown.quoted(got) + " (expected: " + expected + ")");
  }
}
