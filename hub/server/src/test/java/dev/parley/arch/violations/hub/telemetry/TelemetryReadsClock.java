package dev.parley.arch.violations.hub.telemetry;

/** Reads the time by itself. */
public final class TelemetryReadsClock {

  private TelemetryReadsClock() {}

  public static long now() {
    return System.nanoTime();
  }
}
