package dev.parley.adapters.espeak;

import dev.parley.core.model.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the program once which voices it has. Thread-safe; may wait, so not for event loops. */
final class Voices {

  private static final long SECONDS_MAX = 10;

  private final Program program;
  private volatile @Nullable VoiceList known;

  Voices(Program program) {
    this.program = program;
  }

  /** What was heard so far; null before anybody asked. */
  @Nullable VoiceList known() {
    return known;
  }

  VoiceList list(Target target) {
    VoiceList before = known;
    if (before != null) {
      return before;
    }
    VoiceList asked = ask(target);
    known = asked;
    return asked;
  }

  private VoiceList ask(Target target) {
    Process process = program.start(List.of("--voices"), target);
    CompletableFuture<?> watch =
        process.onExit().orTimeout(SECONDS_MAX, TimeUnit.SECONDS).exceptionally(_ -> kill(process));
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      VoiceList list = VoiceList.parse(lines.lines());
      if (list.entries().isEmpty()) {
        throw Program.failed(target, "espeak-ng lists no voices");
      }
      return list;
    } catch (IOException | UncheckedIOException _) {
      throw Program.failed(target, "espeak-ng does not list its voices");
    } finally {
      process.destroyForcibly();
      watch.cancel(false);
    }
  }

  private static Process kill(Process process) {
    return process.destroyForcibly();
  }
}
