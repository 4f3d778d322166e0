package dev.parley.arch.violations.gpu;

import dev.parley.arch.violations.core.CoreLogs;

/** Arrays that know requests. */
public record GpuKnowsCore(CoreLogs seen) {}
