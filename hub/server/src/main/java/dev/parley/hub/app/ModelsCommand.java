package dev.parley.hub.app;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.registry.ServedModel;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code parley models}. */
final class ModelsCommand implements Command {

  private static final Option TASK =
      new Option("task", "NAME", "only models that can do this: chat, embedding, …");

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
    """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.CONFIG, TASK);
  }

  @Override
  public int run(Arguments arguments, Shell shell)
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
