package dev.parley.hub.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that start another program of the same class path on the same JDK. */
public final class JavaCommand {

  /** What every JVM of the product runs with: Netty's native transports and its use of Unsafe. */
  private static final List<String> ALWAYS =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private JavaCommand() {}

  /** The words of such a command; {@code options} are those of the virtual machine. */
  public static List<String> of(List<String> options, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    ALWAYS.stream().filter(option -> !options.contains(option)).forEach(command::add);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }
}
