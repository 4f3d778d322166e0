package dev.parley.adapters.espeak;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds and runs the program; both wait on the disk, so not for event loops. */
public final class Program {

  static final String MISSING =
      "espeak-ng is not installed; Debian and Ubuntu: apt-get install espeak-ng, macOS: brew"
          + " install espeak-ng";

  /** All that it needs to know of its surroundings: where it finds its data, and to speak UTF-8. */
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "ESPEAK_DATA_PATH", "LD_LIBRARY_PATH", "SystemRoot");

  private final String path;

  Program(String path) {
    this.path = path;
  }

  /** The program as a shell would find it. */
  static Program onPath() {
    String path = System.getenv("PATH");
    return new Program(path == null ? "" : path);
  }

  /** Whether a shell would find it. */
  public static boolean isInstalled() {
    return onPath().find().isPresent();
  }

  Optional<Path> find() {
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (folder.isEmpty()) {
        continue;
      }
      try {
        Path candidate = Path.of(folder, EspeakType.NAME);
        if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
          return Optional.of(candidate);
        }
      } catch (InvalidPathException _) {
        // Not a folder that anything could be in.
      }
    }
    return Optional.empty();
  }

  /**
   * Starts it. What it writes about its troubles is thrown away: it may repeat the text.
   *
   * @throws HubException where it is not there or does not start
   */
  Process start(List<String> arguments, Target target) {
    Path program = find().orElseThrow(() -> failed(target, MISSING));
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(INHERITED);
    environment.put("LC_ALL", "C.UTF-8");
    try {
      return builder.start();
    } catch (IOException _) {
      throw failed(target, "espeak-ng does not start");
    }
  }

  static HubException failed(Target target, String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.NOBODY));
  }
}
