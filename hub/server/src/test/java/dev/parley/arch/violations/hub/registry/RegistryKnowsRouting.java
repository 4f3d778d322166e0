package dev.parley.arch.violations.hub.registry;

import dev.parley.arch.violations.hub.resilience.ResilienceKnowsRegistry;
import dev.parley.arch.violations.hub.routing.RoutingReadsFiles;
import org.jspecify.annotations.Nullable;

/** The other half of the cycle, and a look at routing besides. */
public record RegistryKnowsRouting(
    @Nullable ResilienceKnowsRegistry back, RoutingReadsFiles routing) {}
