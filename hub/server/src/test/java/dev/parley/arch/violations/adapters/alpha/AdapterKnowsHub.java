package dev.parley.arch.violations.adapters.alpha;

import dev.parley.arch.violations.hub.telemetry.CallManager;

/** An adapter that sees the hub. */
public record AdapterKnowsHub(CallManager seen) {}
