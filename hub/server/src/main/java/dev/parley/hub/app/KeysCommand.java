package dev.parley.hub.app;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.hub.access.KeyPage;
import dev.parley.hub.access.Keys;
import dev.parley.hub.access.KnownKey;
import dev.parley.hub.access.NewSecret;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.DurationText;
import dev.parley.hub.config.EnvironmentKeys;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.OwnConfig;
import dev.parley.hub.edge.error.ErrorMapper;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** {@code parley keys}: on the database itself, so whether a hub runs or not. */
final class KeysCommand implements Command {

  private static final Option DATA =
      new Option("data", "FOLDER", "where the hub keeps what it stores, as with parley up");
  private static final Option OVERLAP =
      new Option("overlap", "DURATION", "rotate: how long the old key stays good; default 24h");
  private static final Option QUIET =
      new Option("quiet", "", "create, rotate: the key alone, for scripts");

  private static final List<String> WORDS = List.of("create", "list", "show", "rotate", "revoke");

  @Override
  public String name() {
    return "keys";
  }

  @Override
  public String summary() {
    return "make, list and withdraw the keys that callers show";
  }

  @Override
  public String lesson() {
    return """
    A hub without any key is open to this machine, and serves no other. The first key closes it:
    from then on every caller shows one. Works on the database of the configuration (a file in
    --data, or PostgreSQL), so the first key can be made before the hub ever ran; a hub that runs
    follows within a second.

      parley keys create lab                                  opens all services
      parley keys create night --model gpt-*,whisper --capability chat --expires 90d
      parley keys create ci --requests 600/1m --tokens 1000000/1d --streams 4 --budget-day 5
      parley keys create boss --role admin                    opens the administration, too
      parley keys list
      parley keys show lab
      parley keys rotate lab --overlap 1h                     another key; the old one ends in 1 h
      parley keys revoke lab                                  ends it now, for ever

    A key is shown once, when it is made: only its SHA-256 is kept. Callers send it as
    'authorization: Bearer KEY', x-api-key or api-key.
    """;
  }

  @Override
  public List<Option> options() {
    List<Option> all = new ArrayList<>(List.of(Option.CONFIG, DATA));
    all.addAll(KeyOptions.ALL);
    all.addAll(List.of(OVERLAP, QUIET));
    return all;
  }

  @Override
  public int wordsMax() {
    return 2;
  }

  @Override
  public int run(Arguments arguments, Shell shell) throws UsageException, ConfigException {
    if (arguments.words().isEmpty()) {
      throw new UsageException("parley keys needs a word: " + String.join(", ", WORDS));
    }
    String word = arguments.words().getFirst();
    if (!WORDS.contains(word)) {
      throw new UsageException(Arguments.unknown("word", word, WORDS.stream()));
    }
    refuseOthers(word, arguments);
    Optional<String> name = arguments.words().stream().skip(1).findFirst();
    if (word.equals("list") == name.isPresent()) {
      throw new UsageException(
          name.isPresent()
              ? "parley keys list takes no name; parley keys show NAME shows one key"
              : "parley keys " + word + " needs the name of a key");
    }
    HubConfig config = config(arguments, shell);
    Optional<KeyConfig> wanted =
        word.equals("create")
            ? Optional.of(KeyOptions.read(name.orElseThrow(), arguments, shell.clock()))
            : Optional.empty();
    Duration overlap = overlap(arguments);
    Path data = Places.of(arguments.get(DATA), shell).data();
    if (config.own().database().isEmpty()) {
      ready(data, word);
      if (arguments.has(DATA) && !Files.exists(data)) {
        shell
            .err()
            .println(
                "parley: no keys in "
                    + Shown.quoted("" + data)
                    + "; --data names another folder, and parley keys create makes one");
        return Exit.FAILED;
      }
    }
    try (Keys keys = Places.in(data).keys(config.own(), shell.clock())) {
      return switch (word) {
        case "create" -> {
          KeyAdvisor.look(wanted.orElseThrow(), config).forEach(shell.err()::println);
          yield shown(join(keys.create(wanted.orElseThrow())), "was made", arguments, shell);
        }
        case "list" -> list(keys, shell);
        case "show" -> {
          KeyLines.of(join(keys.get(name.orElseThrow()))).forEach(shell.out()::println);
          yield Exit.FINE;
        }
        case "rotate" ->
            shown(
                join(keys.rotate(name.orElseThrow(), overlap)),
                "has a new secret",
                arguments,
                shell);
        default -> {
          KnownKey gone = join(keys.revoke(name.orElseThrow()));
          shell.err().println("The key " + gone.name() + " is revoked; hubs refuse it within 1 s.");
          yield Exit.FINE;
        }
      };
    } catch (HubException e) {
      shell.err().println("parley: " + ErrorMapper.view(e.error()).message());
      return e.error() instanceof HubError.InvalidRequest ? Exit.WRONG : Exit.FAILED;
    }
  }

  /** The folder, fit for a database; where a key is made it is made, too. */
  private static void ready(Path data, String word) {
    try {
      if (word.equals("create")) {
        Files.createDirectories(data);
      }
      if (Files.exists(data) && !Files.isDirectory(data)) {
        throw new NotDirectoryException("" + data);
      }
      if (Files.exists(data) && !word.equals("list") && !Files.isWritable(data)) {
        throw new AccessDeniedException("" + data);
      }
    } catch (IOException e) {
      throw new CannotStoreException(data, e);
    }
  }

  private static void refuseOthers(String word, Arguments arguments) throws UsageException {
    for (Option option : KeyOptions.ALL) {
      if (arguments.has(option) && !word.equals("create")) {
        throw new UsageException("--" + option.name() + " goes with parley keys create only");
      }
    }
    if (arguments.has(OVERLAP) && !word.equals("rotate")) {
      throw new UsageException("--overlap goes with parley keys rotate only");
    }
    if (arguments.has(QUIET) && !List.of("create", "rotate").contains(word)) {
      throw new UsageException("--quiet goes with parley keys create and rotate only");
    }
  }

  /** A hub without a file has a database in its folder, too. */
  private static HubConfig config(Arguments arguments, Shell shell) throws ConfigException {
    Optional<Path> file = Setup.file(arguments, shell);
    if (file.isPresent()) {
      return Setup.read(file.get(), shell);
    }
    OwnConfig own = OwnConfig.DEFAULT;
    return new HubConfig(
        own.with(EnvironmentKeys.with(own.access(), shell.environment())),
        List.of(),
        List.of(),
        HubConfig.EMPTY.defaults(),
        HubConfig.EMPTY.origins());
  }

  private static Duration overlap(Arguments arguments) throws UsageException {
    Optional<String> said = arguments.get(OVERLAP);
    if (said.isEmpty()) {
      return Keys.OVERLAP_DEFAULT;
    }
    return DurationText.parse(said.get())
        .filter(overlap -> overlap.compareTo(Keys.OVERLAP_MAX) <= 0)
        .orElseThrow(() ->
            new UsageException(
                "--overlap: "
                    + Shown.quoted(said.get())
                    + " (expected: a duration such as 1h, 0s to 31d)"));
  }

  private static int shown(NewSecret made, String what, Arguments arguments, Shell shell) {
    if (!arguments.has(QUIET)) {
      shell
          .err()
          .println(
              "The key " + made.key().name() + " " + what + ". Keep it: it is shown this once.");
      made.key()
          .overlapEnd()
          .ifPresent(end -> shell.err().println("The one before is good until " + end + "."));
    }
    shell.out().println(made.secret().value());
    return Exit.FINE;
  }

  private static int list(Keys keys, Shell shell) {
    Table table = new Table("NAME", "OWNER", "ROLE", "STATE", "EXPIRES", "KEPT IN");
    String after = "";
    boolean any = false;
    do {
      KeyPage page = join(keys.list(after, Keys.PAGE_MAX));
      Instant now = Instant.ofEpochMilli(shell.clock().epochMillis());
      for (KnownKey key : page.keys()) {
        any = true;
        table.row(KeyLines.cells(key, now));
      }
      after = page.next();
    } while (!after.isEmpty());
    if (any) {
      table.lines().forEach(shell.out()::println);
    } else {
      shell.err().println("There is no key. Make one with: parley keys create NAME");
    }
    return Exit.FINE;
  }

  private static <T> T join(CompletableFuture<T> working) {
    try {
      return working.join();
    } catch (CompletionException e) {
      throw Stream.of(e.getCause())
          .filter(HubException.class::isInstance)
          .map(HubException.class::cast)
          .findFirst()
          .orElseThrow(() -> e);
    }
  }
}
