package dev.parley.arch.violations.hub.routing;

import dev.parley.arch.violations.hub.dispatch.DispatchSleeps;

/** Routing that knows who calls it. */
public record RoutingKnowsDispatch(DispatchSleeps seen) {}
