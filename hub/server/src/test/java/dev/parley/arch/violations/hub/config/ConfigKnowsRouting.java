package dev.parley.arch.violations.hub.config;

import dev.parley.arch.violations.hub.routing.RoutingReadsFiles;

/** Configuration that knows who reads it. */
public record ConfigKnowsRouting(RoutingReadsFiles seen) {}
