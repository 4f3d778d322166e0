package dev.parley.hub.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The texts that teach the command line. */
final class Help {

  /** Words that the launcher script does itself; here only to be listed. */
  private static final Map<String, String> LAUNCHER =
      new TreeMap<>(
          Map.of(
              "bench", "measure the hub against no hub: parley bench proxy",
              "build", "build everything with style checks and tests"));

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
    for (Map.Entry<String, String> entry : LAUNCHER.entrySet()) {
      text.append(String.format("  %-10s %s%n", entry.getKey(), entry.getValue()));
    }
    text.append("  help       what a command does and takes: parley help up\n\n");
    text.append("Begin with: parley up\n\n");
    text.append("Exit codes: 0 fine, 1 failed, 2 wrong usage or configuration.\n");
    return text.toString();
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
