package dev.parley.hub.app;

import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.HubConfig;
import java.nio.file.Path;
import java.util.List;

/** {@code parley check}. */
final class CheckCommand implements Command {

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String summary() {
    return "validate a configuration without starting anything";
  }

  @Override
  public String lesson() {
    return """
    Reads the file and tells every mistake in it, each with its line, what was found and
    what is allowed. Calls no backend; for that there is parley backends.

      parley check --config hub.yaml
    """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.CONFIG);
  }

  @Override
  public int run(Arguments arguments, Shell shell) throws UsageException, ConfigException {
    Path file =
        Setup.file(arguments, shell)
            .orElseThrow(
                () -> new UsageException("there is no hub.yaml here; name a file: --config FILE"));
    HubConfig config = Setup.read(file, shell);
    long listed = config.backends().stream().mapToLong(backend -> backend.models().size()).sum();
    shell
        .out()
        .println(
            "fine: "
                + Words.count(config.backends().size(), "backend")
                + ", "
                + Words.count((int) listed + config.models().size(), "model")
                + (config.backends().stream().anyMatch(backend -> backend.models().isEmpty())
                    ? " named, more as the backends tell"
                    : ""));
    return Exit.FINE;
  }
}
