package dev.parley.arch.violations.hub.resilience;

import dev.parley.arch.violations.hub.registry.RegistryKnowsRouting;

/** Half of a cycle. */
public record ResilienceKnowsRegistry(RegistryKnowsRouting seen) {}
