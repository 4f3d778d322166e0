package dev.parley.arch.violations.hub.telemetry;

import dev.parley.arch.violations.hub.routing.RoutingReadsFiles;

/** Telemetry that knows what it measures. */
public record TelemetryKnowsRouting(RoutingReadsFiles seen) {}
