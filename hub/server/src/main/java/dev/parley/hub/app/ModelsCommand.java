package dev.parley.hub.app;

import dev.parley.core.error.Shown;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.media.model.FetchPatience;
import dev.parley.hub.media.model.ModelCatalogue;
import dev.parley.hub.registry.ServedModel;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code parley models}, and with a word the files of the models that the hub computes itself. */
final class ModelsCommand implements Command {

  private static final String FETCH = "fetch";
  private static final String LOCAL = "local";
  private static final int WORDS_MAX = 64;

  private static final Option TASK =
      new Option("task", "NAME", "only models that can do this: chat, embedding, …");

  private final ModelFetch fetch;
  private final ModelFiles files;

  ModelsCommand() {
    this(ModelCatalogue.STANDARD, FetchPatience.DEFAULT);
  }

  ModelsCommand(ModelCatalogue catalogue, FetchPatience patience) {
    this.fetch = new ModelFetch(catalogue, patience);
    this.files = new ModelFiles(catalogue);
  }

  @Override
  public String name() {
    return "models";
  }

  @Override
  public String summary() {
    return "list the models that callers can name";
  }

  @Override
  public String lesson() {
    return """
    Asks the backends what they serve and shows every name that a call may use, with what the
    model can do, reads and makes, and where it is served.

      parley models --task chat

    The hub computes some models itself, such as those that find speech or take noise away.
    Their files are fetched when you say so and checked by their hash; nothing else fetches any.

      parley models local             which there are, and what is missing
      parley models fetch silero-vad  fetches it; --all fetches all
    """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.CONFIG, TASK, ModelFetch.ALL, ModelFiles.MODELS, ModelFiles.DATA);
  }

  @Override
  public int wordsMax() {
    return WORDS_MAX;
  }

  @Override
  public int run(Arguments arguments, Shell shell)
      throws UsageException, ConfigException, InterruptedException {
    if (arguments.words().isEmpty()) {
      refuse(arguments, "models", ModelFetch.ALL, ModelFiles.MODELS, ModelFiles.DATA);
      return served(arguments, shell);
    }
    String word = arguments.words().getFirst();
    List<String> names = arguments.words().subList(1, arguments.words().size());
    return switch (word) {
      case FETCH -> {
        refuse(arguments, "models fetch", TASK);
        yield fetch.run(names, arguments, shell);
      }
      case LOCAL -> {
        refuse(arguments, "models local", TASK, ModelFetch.ALL);
        if (!names.isEmpty()) {
          throw new UsageException("unexpected word " + Shown.quoted(names.getFirst()));
        }
        yield files.run(arguments, shell);
      }
      default -> throw new UsageException(Arguments.unknown("word", word, Stream.of(FETCH, LOCAL)));
    };
  }

  private static void refuse(Arguments arguments, String what, Option... others)
      throws UsageException {
    for (Option other : others) {
      if (arguments.has(other)) {
        throw new UsageException("--" + other.name() + " does not go with " + what);
      }
    }
  }

  private static int served(Arguments arguments, Shell shell)
      throws UsageException, ConfigException, InterruptedException {
    Optional<Capability> task = task(arguments);
    HubConfig config = Setup.readOrDiscover(arguments, shell);
    try (BackendAssembly backends = BackendAssembly.of(config)) {
      backends.registry().refresh().join();
      List<ServedModel> models =
          backends.registry().snapshot().models().stream()
              .filter(model -> task.map(model.info().capabilities()::contains).orElse(true))
              .toList();
      if (models.isEmpty()) {
        shell.err().println("no models: see parley backends for how the backends are");
        return Exit.FAILED;
      }
      show(models, shell);
      return Exit.FINE;
    }
  }

  private static Optional<Capability> task(Arguments arguments) throws UsageException {
    Optional<String> name = arguments.get(TASK);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<Capability> known = Capability.byName(name.get());
    if (known.isEmpty()) {
      throw new UsageException(
          Arguments.unknown("task", name.get(), Capability.wireNames().stream()));
    }
    return known;
  }

  private static void show(List<ServedModel> models, Shell shell) {
    Table table = new Table("MODEL", "CAN", "READS", "MAKES", "BACKENDS");
    for (ServedModel model : models) {
      table.row(
          model.name().replaceAll("\\p{Cntrl}", "?"),
          list(model.info().capabilities().stream().sorted().map(Capability::wireName).toList()),
          list(model.info().inputs().stream().sorted().map(Modality::wireName).toList()),
          list(model.info().outputs().stream().sorted().map(Modality::wireName).toList()),
          list(model.targets().stream().map(target -> target.backend().id()).distinct().toList()));
    }
    table.lines().forEach(shell.out()::println);
  }

  private static String list(Collection<String> names) {
    return names.isEmpty() ? "-" : names.stream().collect(Collectors.joining(","));
  }
}
