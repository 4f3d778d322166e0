package dev.parley.hub.app;

import dev.parley.adapters.BackendTypes;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigReader;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.QuickConfig;
import dev.parley.hub.config.QuickReader;
import dev.parley.hub.config.ServerConfig;
import dev.parley.hub.discovery.Candidate;
import dev.parley.hub.discovery.Discovery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a command's configuration comes from: the file that is named, ./hub.yaml, or without a file
 * what the environment names and what this machine has.
 */
final class Setup {

  static final String PORTS_VARIABLE = "PARLEY_DISCOVER_PORTS";

  private static final String FILE_NAME = "hub.yaml";

  private Setup() {}

  /** The file to read; empty when the machine is to be searched instead. */
  static Optional<Path> file(Arguments arguments, Shell shell) {
    Optional<Path> named = arguments.get(Option.CONFIG).map(shell.directory()::resolve);
    return named.isPresent()
        ? named
        : Optional.of(shell.directory().resolve(FILE_NAME)).filter(Files::exists);
  }

  static HubConfig read(Path file, Shell shell) throws ConfigException {
    HubConfig config = ConfigReader.read(file, BackendTypes.NAMES, shell.environment());
    TlsCheck.require(config, shell.clock());
    return config;
  }

  /** Looks at the usual ports, and those that the environment adds. */
  static Discovery discovery(Shell shell) throws UsageException {
    String more = shell.environment().apply(PORTS_VARIABLE);
    try {
      List<Candidate> added = more == null ? List.of() : Candidate.parse(more);
      List<Candidate> all = Stream.concat(added.stream(), Candidate.USUAL.stream()).toList();
      return new Discovery(all, BackendTypes.NAMES, Discovery.PATIENCE_DEFAULT);
    } catch (IllegalArgumentException e) {
      throw new UsageException(PORTS_VARIABLE + ": " + e.getMessage());
    }
  }

  /** What a command that only looks should look at. */
  static HubConfig readOrDiscover(Arguments arguments, Shell shell)
      throws ConfigException, UsageException, InterruptedException {
    Optional<Path> file = file(arguments, shell);
    if (file.isPresent()) {
      return read(file.get(), shell);
    }
    QuickConfig quick = quick(shell);
    try (Discovery discovery = discovery(shell)) {
      NamedServers named = new NamedServers(quick, discovery);
      named.look();
      return named.with(ServerConfig.DEFAULT, discovery.look(Set.of()));
    }
  }

  /** What the environment alone asks for. Only where there is no file. */
  static QuickConfig quick(Shell shell) throws ConfigException {
    return QuickReader.read(shell.environment());
  }

  /** Says which variables a file leaves without effect; empty when there are none. */
  static Optional<String> ignored(HubConfig ofFile, Shell shell) {
    List<String> names = QuickReader.ignored(shell.environment(), ofFile.origins());
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ofFile.origins().file()
                + " decides alone; without effect: "
                + String.join(", ", names));
  }

  /** What to do when nothing was found. */
  static String nothingFound(Discovery discovery) {
    StringBuilder places = new StringBuilder();
    for (Candidate candidate : discovery.candidates()) {
      places.append(places.isEmpty() ? "" : ", ");
      candidate.usual().ifPresent(type -> places.append(type).append(' '));
      places.append(candidate.port());
    }
    return "No backend answers on this machine. Looked at 127.0.0.1 for "
        + places
        + ".\nStart one, or name yours in hub.yaml:\n"
        + "  backends:\n"
        + "    - { id: mine, type: openai, base_url: \"http://HOST:PORT/v1\" }";
  }
}
