package dev.parley.hub.app;

import ch.qos.logback.classic.LoggerContext;
import dev.parley.core.error.Shown;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** The program: finds the command that is meant, runs it, and turns its end into an exit code. */
public final class Main {

  private final Map<String, Command> commands = new LinkedHashMap<>();

  Main() {
    List.of(
            new UpCommand(),
            new CheckCommand(),
            new BackendsCommand(),
            new ModelsCommand(),
            new KeysCommand(),
            new RouteCommand(),
            new RehearseCommand(),
            new UsageCommand())
        .forEach(command -> commands.put(command.name(), command));
  }

  public static void main(String[] args) {
    int code = new Main().run(List.of(args), Shell.system());
    // The call log is written behind the callers' backs; its last lines must not get lost.
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
      logs.stop();
    }
    System.exit(code);
  }

  int run(List<String> args, Shell shell) {
    try {
      return dispatch(args, shell);
    } catch (UsageException e) {
      shell.err().println("parley: " + e.getMessage());
      String word = args.isEmpty() ? "" : args.getFirst();
      shell
          .err()
          .println(
              commands.containsKey(word)
                  ? "parley help " + word + " teaches it."
                  : "parley help shows what there is.");
      return Exit.WRONG;
    } catch (ConfigException e) {
      for (Problem problem : e.problems()) {
        shell.err().println(problem);
      }
      shell.err().println(Words.count(e.problems().size(), "problem") + "; nothing was started.");
      return Exit.WRONG;
    } catch (OpenHubException e) {
      shell.err().println("parley: " + e.getMessage());
      return Exit.WRONG;
    } catch (CannotListenException | CannotStoreException e) {
      shell.err().println("parley: " + e.getMessage());
      return Exit.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.FAILED;
    }
  }

  private int dispatch(List<String> args, Shell shell)
      throws UsageException, ConfigException, InterruptedException {
    String word = args.isEmpty() ? "help" : args.getFirst();
    List<String> rest = args.isEmpty() ? List.of() : args.subList(1, args.size());
    return switch (word) {
      case "--version", "version" -> {
        nothingMore(word, rest, 0);
        shell.out().println("parley " + Version.text());
        yield Exit.FINE;
      }
      case "help", "--help", "-h" -> help(rest, shell);
      default -> run(command(word), rest, shell);
    };
  }

  private static int run(Command command, List<String> rest, Shell shell)
      throws UsageException, ConfigException, InterruptedException {
    Arguments arguments = Arguments.parse(rest, command.options(), command.wordsMax());
    if (arguments.has(Option.HELP)) {
      shell.out().print(Help.of(command));
      return Exit.FINE;
    }
    return command.run(arguments, shell);
  }

  private int help(List<String> words, Shell shell) throws UsageException {
    nothingMore("help", words, 1);
    if (words.isEmpty() || words.getFirst().equals("help")) {
      shell.out().print(Help.all(commands.values()));
      return Exit.FINE;
    }
    Optional<String> ofLauncher = Help.ofLauncher(words.getFirst());
    shell
        .out()
        .print(ofLauncher.isPresent() ? ofLauncher.get() : Help.of(command(words.getFirst())));
    return Exit.FINE;
  }

  private static void nothingMore(String word, List<String> rest, int most) throws UsageException {
    if (rest.size() > most) {
      throw new UsageException(
          word
              + " takes "
              + (most == 0 ? "nothing" : "one command")
              + ", not "
              + Shown.quoted(rest.get(most)));
    }
  }

  private Command command(String word) throws UsageException {
    Command command = commands.get(word);
    if (command == null) {
      throw new UsageException(
          Arguments.unknown(
              "command",
              word,
              Stream.concat(
                  commands.values().stream().filter(Command::isListed).map(Command::name),
                  Stream.concat(
                      Help.launcherWords().stream(),
                      word.startsWith("-")
                          ? Stream.of("--help", "--version")
                          : Stream.of("help", "version")))));
    }
    return command;
  }
}
