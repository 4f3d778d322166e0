package dev.parley.hub.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The texts that teach the command line. */
final class Help {

  /** A word that the launcher script does itself; here only to be told of. */
  private record Launched(String summary, String lesson) {}

  private static final Map<String, Launched> LAUNCHER =
      new TreeMap<>(
          Map.of(
              "bench",
              new Launched(
                  "measure the hub against no hub: parley bench proxy",
                  """
                  Each benchmark starts what it needs and says what it found; most have --quick for a
                  first look.

                    parley bench proxy --quick    requests and latency, beside no hub and nginx
                    parley bench --help           all of them, and their options
                    parley bench proxy --help     the options of one
                  """),
              "build",
              new Launched(
                  "build everything with style checks and tests",
                  """
                  Runs Maven's package on all modules. What stands behind it goes to Maven.

                    parley build
                    parley build -pl hub/server -am
                  """),
              "image",
              new Launched(
                  "build the container image as a tar, without Docker",
                  """
                  The image is hub/server/target/parley-image.tar, which docker load, ctr image import
                  and skopeo take. Its base is made of this machine's JDK and Debian's libraries, unless
                  --base IMAGE names another, best by its digest.

                    parley image
                    parley image --base eclipse-temurin:25-jre
                  """)));

  private Help() {}

  static String all(Iterable<Command> commands) {
    StringBuilder text = new StringBuilder();
    text.append("Parley, an inference hub: one port in front of the model servers you have.\n\n");
    text.append("Usage: parley COMMAND [OPTION]...\n\n");
    for (Command command : commands) {
      if (command.isListed()) {
        text.append(String.format("  %-10s %s%n", command.name(), command.summary()));
      }
    }
    LAUNCHER.forEach(
        (name, launched) -> text.append(String.format("  %-10s %s%n", name, launched.summary())));
    text.append("  help       what a command does and takes: parley help up\n\n");
    text.append("Begin with: parley up\n\n");
    text.append("Exit codes: 0 fine, 1 failed, 2 wrong usage or configuration.\n");
    return text.toString();
  }

  static Set<String> launcherWords() {
    return LAUNCHER.keySet();
  }

  /** The text about a word of the launcher's; empty for any other. */
  static Optional<String> ofLauncher(String word) {
    return Optional.ofNullable(LAUNCHER.get(word))
        .map(launched -> "parley " + word + ": " + launched.summary() + "\n\n" + launched.lesson());
  }

  static String of(Command command) {
    StringBuilder text = new StringBuilder();
    text.append("parley ").append(command.name()).append(": ").append(command.summary());
    text.append("\n\n").append(command.lesson()).append("\nOptions:\n");
    for (Option option : withHelp(command.options())) {
      text.append(String.format("  %-18s %s%n", option.shown(), option.help()));
    }
    return text.toString();
  }

  private static List<Option> withHelp(List<Option> options) {
    List<Option> all = new ArrayList<>(options);
    all.add(Option.HELP);
    return all;
  }
}
