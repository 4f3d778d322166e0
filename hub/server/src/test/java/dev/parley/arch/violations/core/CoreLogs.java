package dev.parley.arch.violations.core;

import org.slf4j.Logger;

/** Core that sees a library. */
public record CoreLogs(Logger log) {}
