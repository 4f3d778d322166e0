package dev.parley.arch.violations.adapters.alpha;

import dev.parley.arch.violations.proto.GeneratedMessage;

/** An adapter that speaks the hub's own schema. */
public record AdapterKnowsProto(GeneratedMessage seen) {}
