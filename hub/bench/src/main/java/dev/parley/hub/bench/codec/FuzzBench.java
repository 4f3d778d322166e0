package dev.parley.hub.bench.codec;

import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.process.JavaCommand;
import dev.parley.hub.bench.process.WorkFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes damaged files in a process of its own and tells how that ended. Good is a process that
 * ends by itself, with samples or a refusal for every file, in time, and without growing.
 */
public final class FuzzBench {

  private FuzzBench() {}

  /** Runs to the end; whether all was good. */
  public static boolean run(FuzzOptions options, PrintStream out) {
    // All of the heap is touched from the start: what grows then is native memory.
    List<String> jvm =
        List.of("-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch", "-XX:TrimNativeHeapInterval=1000");
    try (WorkFolder folder = WorkFolder.temporary()) {
      Path current = folder.path().resolve("current");
      List<String> arguments = new ArrayList<>(options.words());
      arguments.addFirst(current.toString());
      return run(JavaCommand.of(jvm, FuzzRun.class.getName(), arguments), options, current, out);
    }
  }

  private static boolean run(
      List<String> command, FuzzOptions options, Path current, PrintStream out) {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new BenchFailure("the process does not start: " + e.getMessage(), e);
    }
    Thread hook = new Thread(process::destroyForcibly, "stop-fuzz");
    Runtime.getRuntime().addShutdownHook(hook);
    int code = followed(process, out);
    Runtime.getRuntime().removeShutdownHook(hook);
    out.println(
        switch (code) {
          case FuzzRun.GOOD -> "good: no crash, no hang, no growth, no failure";
          case FuzzRun.BAD -> "bad: see above";
          case Watch.HUNG -> "bad: a mutant hangs";
          default ->
              "bad: the process died with code " + code + " in " + Watch.last(options, current);
        });
    return code == FuzzRun.GOOD;
  }

  private static int followed(Process process, PrintStream out) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line; (line = reader.readLine()) != null; ) {
        out.println(line);
      }
      return process.waitFor();
    } catch (IOException e) {
      throw new BenchFailure("the process cannot be heard: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }
}
