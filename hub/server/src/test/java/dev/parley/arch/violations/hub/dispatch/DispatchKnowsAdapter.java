package dev.parley.arch.violations.hub.dispatch;

import dev.parley.arch.violations.adapters.beta.Beta;

/** A domain package that sees an adapter. */
public record DispatchKnowsAdapter(Beta seen) {}
