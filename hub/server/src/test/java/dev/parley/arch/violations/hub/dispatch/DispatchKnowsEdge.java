package dev.parley.arch.violations.hub.dispatch;

import dev.parley.arch.violations.hub.edge.other.EdgeSpellsError;

/** A domain package that sees the edge. */
public record DispatchKnowsEdge(EdgeSpellsError seen) {}
