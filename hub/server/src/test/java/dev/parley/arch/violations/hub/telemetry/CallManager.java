package dev.parley.arch.violations.hub.telemetry;

/** Named after its part in a pattern. */
public record CallManager(int field) {}
