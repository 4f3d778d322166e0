package dev.parley.hub.app;

import dev.parley.core.time.Clock;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command sees of the world.
 *
 * @param out for results
 * @param err for what people should know
 * @param environment a variable's value, or null
 * @param directory where relative names begin
 */
record Shell(
    PrintStream out,
    PrintStream err,
    Function<String, @Nullable String> environment,
    Path directory,
    Clock clock) {

  static Shell system() {
    return new Shell(System.out, System.err, System::getenv, Path.of(""), Clock.system());
  }
}
