package dev.parley.hub.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process and those it started have used, from {@code /proc}; zeros where there is none.
 *
 * @param cpuMicros user and system time, in steps of 10 ms
 * @param rssKib resident memory now
 * @param peakKib the most that was resident at once
 */
public record ProcessFacts(long cpuMicros, long rssKib, long peakKib) {

  /** Linux counts ticks of 10 ms towards user space on every machine of ours. */
  private static final long MICROS_PER_TICK = 10_000;

  private static final int USER_TICKS_FIELD = 11;

  /** What this process, and those it started, have used so far. */
  public static ProcessFacts own() {
    return of(ProcessHandle.current());
  }

  static ProcessFacts of(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(one -> read(Path.of("/proc", Long.toString(one.pid()))))
        .reduce(new ProcessFacts(0, 0, 0), ProcessFacts::plus);
  }

  private ProcessFacts plus(ProcessFacts other) {
    return new ProcessFacts(
        cpuMicros + other.cpuMicros, rssKib + other.rssKib, peakKib + other.peakKib);
  }

  private static ProcessFacts read(Path proc) {
    try {
      // The fields behind the name, which stands in brackets and may hold anything.
      String stat = Files.readString(proc.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks =
          Long.parseLong(fields[USER_TICKS_FIELD]) + Long.parseLong(fields[USER_TICKS_FIELD + 1]);
      List<String> status = Files.readAllLines(proc.resolve("status"));
      return new ProcessFacts(
          ticks * MICROS_PER_TICK, kib(status, "VmRSS:"), kib(status, "VmHWM:"));
    } catch (IOException _) {
      return new ProcessFacts(0, 0, 0);
    }
  }

  private static long kib(List<String> status, String key) {
    return status.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }
}
