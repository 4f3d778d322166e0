package dev.parley.hub.app;

import dev.parley.hub.config.Advice;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.QuickConfig;
import dev.parley.hub.config.RouteAdvice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    what is allowed. What is allowed and hardly meant, such as a rule that no call reaches,
    is a warning and no mistake. Calls no backend; for that there is parley backends.

    Without a file it reads the variables that can stand for one, such as TTS_REMOTE_URL and
    ASR_BACKEND (parley help up tells all of them), and says what each means. With a file they
    count only where the file reads them as ${NAME}.

      parley check --config hub.yaml
    """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.CONFIG);
  }

  @Override
  public int run(Arguments arguments, Shell shell) throws UsageException, ConfigException {
    Optional<Path> file = Setup.file(arguments, shell);
    return file.isPresent() ? ofFile(file.get(), shell) : ofEnvironment(shell);
  }

  private static int ofEnvironment(Shell shell) throws UsageException, ConfigException {
    QuickConfig quick = Setup.quick(shell);
    if (!quick.isGiven()) {
      throw new UsageException("there is no hub.yaml here; name a file: --config FILE");
    }
    quick.meanings().forEach(shell.out()::println);
    quick.advice().forEach(line -> shell.err().println("warning: " + line));
    shell
        .out()
        .println(
            "fine: "
                + Words.count(quick.servers().size(), "backend")
                + " named by the environment"
                + warnings(quick.advice()));
    return Exit.FINE;
  }

  private static String warnings(List<Advice> advice) {
    return advice.isEmpty() ? "" : "; " + Words.count(advice.size(), "warning");
  }

  private static int ofFile(Path file, Shell shell) throws ConfigException {
    HubConfig config = Setup.read(file, shell);
    List<Advice> advice = new ArrayList<>(RouteAdvice.of(config));
    advice.addAll(TlsCheck.advice(config, shell.clock()));
    advice.forEach(line -> shell.err().println("warning: " + line));
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
                    : "")
                + warnings(advice));
    Setup.ignored(config, shell).ifPresent(shell.err()::println);
    return Exit.FINE;
  }
}
