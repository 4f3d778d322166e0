package dev.parley.arch.violations.hub.routing;

import java.nio.file.Path;

/** Routing that touches the disk. */
public record RoutingReadsFiles(Path seen) {}
